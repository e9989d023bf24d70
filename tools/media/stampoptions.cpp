/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampoptions.h"

namespace numpro::media {

namespace {

constexpr char kSummary[] =
    "Writes recordings again with a number on every frame. Sound, subtitles and\n"
    "tags are kept. The numbers are also written into the stream, where\n"
    "numproverlay numbering=recorded finds them.\n"
    "\n"
    "OUT ends in .mkv (recommended), .mp4, .mov or .ts. With several inputs it is a\n"
    "directory, and the files in it are Matroska. An output that is there is\n"
    "complete, and is left alone.";

constexpr char kDescription[] =
    "Exit status: 0 done, 1 failed, 2 wrong usage, 3 partly: some inputs failed or\n"
    "broke off, the outputs of the others are there; 130 after Ctrl-C, which\n"
    "finishes what is begun and leaves it as OUT.part.mkv.";

}  // namespace

std::string StampOptions::parse (int argc, char **argv)
{
  char *given_output = nullptr, **given_inputs = nullptr;
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
      {"output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &given_output,
       "File to write; with several inputs a directory", "OUT"},
      {"force", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &force,
       "Write outputs again that are there", nullptr},
      {G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &given_inputs,
       nullptr, nullptr},
      {}};
  const OptionContextPtr context (g_option_context_new ("IN... -o OUT"));
  g_option_context_set_summary (context.get (), kSummary);
  g_option_context_set_description (context.get (), kDescription);
  GOptionGroup *group = g_option_group_new (nullptr, nullptr, nullptr, &look, nullptr);
  g_option_group_add_entries (group, entries);
  look.add_to (group);
  g_option_context_set_main_group (context.get (), group);

  GError *error = nullptr;
  const bool is_read = g_option_context_parse (context.get (), &argc, &argv, &error);
  const TextPtr owned_output (given_output);
  const OwnedBy<char *, g_strfreev> owned_inputs (given_inputs);
  if (const ErrorPtr why (error); !is_read)
    return std::string (why->message) + "; see numpro stamp --help.";
  for (char **input = given_inputs; input && *input; ++input)
    inputs.emplace_back (*input);
  output = given_output ? given_output : "";
  is_forced = force;
  if (inputs.empty ())
    return "There is no input; see numpro stamp --help.";
  if (output.empty ())
    return "-o says where to write to; see numpro stamp --help.";
  return {};
}

}  // namespace numpro::media
