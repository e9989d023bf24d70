/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampoptions.h"

#include <tuple>

namespace numpro::media {

namespace {

constexpr char kSummary[] =
    "Writes recordings again with a number on every frame. Sound, subtitles and\n"
    "tags are kept. The numbers are also written into the stream, where\n"
    "numproverlay numbering=recorded finds them.\n"
    "\n"
    "OUT ends in .mkv (recommended), .mp4, .mov or .ts. With several inputs it is a\n"
    "directory, and the files in it are Matroska. An output that is there is\n"
    "complete, and is left alone.\n"
    "\n"
    "With --frames=DIR each number becomes a picture, such as DIR/000012.jpg, and\n"
    "DIR/ledger.json says when it was to be seen. --numbering=time --rate=1/1 makes\n"
    "one a second.";

constexpr char kDescription[] =
    "Exit status: 0 done, 1 failed, 2 wrong usage, 3 partly: some inputs failed or\n"
    "broke off, the outputs of the others are there; 130 after Ctrl-C, which\n"
    "finishes what is begun and leaves it as OUT.part.mkv.";

constexpr gint kNotGiven = G_MININT;

}  // namespace

std::string StampOptions::parse (int argc, char **argv)
{
  char *given_output = nullptr, *given_frames = nullptr, **given_inputs = nullptr;
  gboolean force = FALSE;
  gint max_edge = kNotGiven, jpeg_quality = kNotGiven;
  const GOptionEntry entries[] = {
      {"output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &given_output,
       "File to write; with several inputs a directory", "OUT"},
      {"frames", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &given_frames,
       "Write a JPEG of each number to this directory instead, and their ledger; of several inputs "
       "to a directory each in it",
       "DIR"},
      {"max-edge", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &max_edge,
       "Longer edge of these pictures in pixels, 0 = as the video (default: 672)", "N"},
      {"jpeg-quality", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &jpeg_quality,
       "Quality of these pictures (default: 90)", "N"},
      {"force", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &force,
       "Write outputs again that are there", nullptr},
      {G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &given_inputs,
       nullptr, nullptr},
      {}};
  const OptionContextPtr context (g_option_context_new ("IN... -o OUT | --frames DIR"));
  g_option_context_set_summary (context.get (), kSummary);
  g_option_context_set_description (context.get (), kDescription);
  GOptionGroup *group = g_option_group_new (nullptr, nullptr, nullptr, &look, nullptr);
  g_option_group_add_entries (group, entries);
  look.add_to (group);
  g_option_context_set_main_group (context.get (), group);

  GError *error = nullptr;
  const bool is_read = g_option_context_parse (context.get (), &argc, &argv, &error);
  const TextPtr owned_output (given_output), owned_frames (given_frames);
  const OwnedBy<char *, g_strfreev> owned_inputs (given_inputs);
  if (const ErrorPtr why (error); !is_read)
    return std::string (why->message) + "; see numpro stamp --help.";
  for (char **input = given_inputs; input && *input; ++input)
    inputs.emplace_back (*input);
  is_frames = given_frames != nullptr;
  output = is_frames ? given_frames : given_output ? given_output : "";
  is_forced = force;
  if (inputs.empty ())
    return "There is no input; see numpro stamp --help.";
  if (output.empty ())
    return "-o or --frames says where to write to; see numpro stamp --help.";
  if (given_output && given_frames)
    return "-o and --frames are two ways to write; give one of them.";
  return read_frame_options (max_edge, jpeg_quality);
}

std::string StampOptions::read_frame_options (int max_edge, int jpeg_quality)
{
  for (const auto &[given, name, highest, option] :
       {std::tuple (max_edge, "max-edge", G_MAXINT, &frames.max_edge),
        std::tuple (jpeg_quality, "jpeg-quality", 100, &frames.jpeg_quality)}) {
    if (given == kNotGiven)
      continue;
    if (!is_frames)
      return std::string ("--") + name + " is of pictures; give --frames=DIR as well.";
    if (given < 0 || given > highest)
      return std::string ("--") + name + "=" + std::to_string (given) + " is out of range.";
    *option = given;
  }
  return {};
}

}  // namespace numpro::media
