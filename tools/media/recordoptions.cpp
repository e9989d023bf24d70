/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recordoptions.h"

#include <filesystem>

#include "duration.h"
#include "questioncheck.h"

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
  TextPtr endpoint, model;
  OwnedBy<char *, g_strfreev> sources, questions;
  bool is_forced = false, asks_stand_in = false;
};

std::string read_arguments (int argc, char **argv, OverlayOptions &look, Arguments &arguments)
{
  char *output = nullptr, *duration = nullptr, *segment = nullptr, **sources = nullptr;
  char *endpoint = nullptr, *model = nullptr, **questions = nullptr;
  gboolean force = FALSE, reader = FALSE;
  const GOptionEntry entries[] = {
      {"output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output, "File to write", "OUT"},
      {"force", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &force,
       "Write an output again that is there", nullptr},
      {"duration", 'd', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &duration,
       "Stop after so much video, such as 30s, 10min or 8h", "TIME"},
      {"segment", 's', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &segment,
       "Begin a new file after so much video: OUT-00000.mkv and so on", "TIME"},
      {"question", 'q', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &questions,
       "Ask a model this while recording goes on; may be given several times", "TEXT"},
      {"endpoint", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &endpoint,
       "Base URL of the model's server (default: NUMPRO_ENDPOINT of the environment)", "URL"},
      {"model", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &model,
       "Its name (default: NUMPRO_MODEL of the environment)", "NAME"},
      {"reader", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &reader,
       "Ask numpro-reader, a stand-in that looks for colours", nullptr},
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
  arguments.endpoint.reset (endpoint);
  arguments.model.reset (model);
  arguments.questions.reset (questions);
  arguments.is_forced = force;
  arguments.asks_stand_in = reader;
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
                : std::string (option) + " takes " + kDurationWords + ", not \"" + text + "\".";
}

std::string text_of (const TextPtr &given, const char *variable)
{
  const char *text = given ? given.get () : g_getenv (variable);
  return text ? text : "";
}

}  // namespace

std::variant<Input, std::string> RecordOptions::find_input () const
{
  return source == kTestSource ? Input () : Input::parse (source);
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
  for (char **text = arguments.questions.get (); text && *text; ++text)
    questions.emplace_back (*text);
  asks_stand_in = arguments.asks_stand_in;
  endpoint = text_of (arguments.endpoint, "NUMPRO_ENDPOINT");
  model = text_of (arguments.model, "NUMPRO_MODEL");
  std::string problem = read_duration ("--duration", arguments.duration.get (), duration);
  if (problem.empty ())
    problem = read_duration ("--segment", arguments.segment.get (), segment);
  return problem.empty () ? problem_of_questions () : problem;
}

std::string RecordOptions::problem_of_questions () const
{
  if (questions.empty ())
    return asks_stand_in ? "--reader needs a --question to ask." : "";
  if (const std::string problem = media::problem_of_questions (questions); !problem.empty ())
    return problem + ".";
  if (!asks_stand_in && (endpoint.empty () || model.empty ()))
    return "There is no model to ask: name one with --endpoint and --model, or with "
           "NUMPRO_ENDPOINT and NUMPRO_MODEL in the environment. --reader asks a stand-in.";
  return {};
}

}  // namespace numpro::media
