/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recordoptions.h"

#include <array>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <utility>

namespace numpro::media {

namespace {

constexpr char kSummary[] =
    "Records a source with a number on every frame. The numbers are also written\n"
    "into the stream, where numproverlay numbering=recorded finds them.\n"
    "\n"
    "SOURCE is a file, an address (rtsp://..., http://...), a V4L2 device\n"
    "(/dev/video0) or the word test. OUT ends in .mkv. Cameras and other sources\n"
    "without an end are recorded until Ctrl-C.";

constexpr char kDescription[] =
    "Exit status: 0 done, 1 failed, 2 wrong usage, 3 partly: the source broke off,\n"
    "and the recording up to there is kept; 130 after Ctrl-C, which finishes the\n"
    "recording.";

constexpr char kExtension[] = ".mkv";
constexpr char kTestSource[] = "test";

/** As GOptionContext fills it in. */
struct Arguments {
  TextPtr output, duration, segment;
  OwnedBy<char *, g_strfreev> sources;
  bool is_forced = false;
};

std::string read_arguments (int argc, char **argv, OverlayOptions &look, Arguments &arguments)
{
  char *output = nullptr, *duration = nullptr, *segment = nullptr, **sources = nullptr;
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
      {"output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output, "File to write", "OUT"},
      {"force", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &force,
       "Write an output again that is there", nullptr},
      {"duration", 'd', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &duration,
       "Stop after so much video, such as 30s, 10min or 8h", "TIME"},
      {"segment", 's', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &segment,
       "Begin a new file after so much video: OUT-00000.mkv and so on", "TIME"},
      {G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &sources, nullptr,
       nullptr},
      {}};
  const OptionContextPtr context (g_option_context_new ("SOURCE -o OUT"));
  g_option_context_set_summary (context.get (), kSummary);
  g_option_context_set_description (context.get (), kDescription);
  GOptionGroup *group = g_option_group_new (nullptr, nullptr, nullptr, &look, nullptr);
  g_option_group_add_entries (group, entries);
  look.add_to (group);
  g_option_context_set_main_group (context.get (), group);
  GError *error = nullptr;
  const bool is_read = g_option_context_parse (context.get (), &argc, &argv, &error);
  arguments.output.reset (output);
  arguments.duration.reset (duration);
  arguments.segment.reset (segment);
  arguments.sources.reset (sources);
  arguments.is_forced = force;
  const ErrorPtr why (error);
  return is_read ? "" : std::string (why->message) + "; see numpro record --help.";
}

// What is wrong with a length of time, in a sentence, or nothing. None is given where there is no
// text.
std::string read_duration (const char *option, const char *text,
                           std::optional<GstClockTime> &length)
{
  if (!text)
    return {};
  length = parse_duration (text);
  return length ? ""
                : std::string (option) + " takes a time such as 30s, 10min or 8h, not \"" + text +
                      "\".";
}

}  // namespace

std::variant<Input, std::string> RecordOptions::find_input () const
{
  return source == kTestSource ? Input () : Input::parse (source);
}

std::optional<GstClockTime> parse_duration (const std::string &text)
{
  constexpr std::array<std::pair<std::string_view, GstClockTime>, 4> kUnits = {
      {{"", GST_SECOND}, {"s", GST_SECOND}, {"min", 60 * GST_SECOND}, {"h", 3600 * GST_SECOND}}};
  constexpr double kLongest = 1e6 * 3600;
  char *end = nullptr;
  const double count = g_ascii_strtod (text.c_str (), &end);
  if (end == text.c_str () || !std::isfinite (count))
    return std::nullopt;
  for (const auto &[unit, length] : kUnits) {
    const double seconds = count * static_cast<double> (length / GST_SECOND);
    if (unit == end && seconds >= 0.001 && seconds <= kLongest)
      return static_cast<GstClockTime> (seconds * GST_SECOND);
  }
  return std::nullopt;
}

std::string RecordOptions::parse (int argc, char **argv)
{
  Arguments arguments;
  if (const std::string problem = read_arguments (argc, argv, look, arguments); !problem.empty ())
    return problem;
  char **const sources = arguments.sources.get ();
  if (!sources || !sources[0])
    return "There is no source; see numpro record --help.";
  if (sources[1])
    return "One source at a time; see numpro record --help.";
  if (!arguments.output)
    return "-o says where to write to; see numpro record --help.";
  output = arguments.output.get ();
  if (std::filesystem::path (output).extension () != kExtension)
    return output + " does not end in .mkv: recordings are Matroska files.";
  is_forced = arguments.is_forced;
  source = sources[0];
  const std::string problem = read_duration ("--duration", arguments.duration.get (), duration);
  return problem.empty () ? read_duration ("--segment", arguments.segment.get (), segment)
                          : problem;
}

}  // namespace numpro::media
