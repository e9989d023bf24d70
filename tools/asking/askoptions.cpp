/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "askoptions.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "modelsettings.h"
#include "outputs.h"
#include "tools/media/questioncheck.h"

namespace numpro::asking {

namespace {

constexpr char kSummary[] =
    "Asks a model when something happens in recordings, and tells all times at which\n"
    "it does. The model is asked about windows of numbered frames that overlap by\n"
    "half. Windows and answers are kept, so that a call that was interrupted goes on\n"
    "where it was.\n"
    "\n"
    "What is to be asked is told first. Settings may be in the environment as well:\n"
    "NUMPRO_ENDPOINT, NUMPRO_MODEL and NUMPRO_API_KEY.";

constexpr char kDescription[] =
    "Exit status: 0 done, 1 failed, 2 wrong usage, 3 partly: something could not be\n"
    "read or asked, or was not answered; 130 after Ctrl-C, which waits for the answers\n"
    "that are under way.";

constexpr std::array<OutputFormat, 9> kFormats = {{
    {"json", GST_NUMPRO_TIMELINE_FORMAT_JSON},
    {"vtt", GST_NUMPRO_TIMELINE_FORMAT_WEBVTT},
    {"srt", GST_NUMPRO_TIMELINE_FORMAT_SRT},
    {"tsv", GST_NUMPRO_TIMELINE_FORMAT_TSV},
    {"ffmetadata", GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA},
    {"chapters.xml", GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS},
    {"edl", GST_NUMPRO_TIMELINE_FORMAT_EDL},
    {"otio", GST_NUMPRO_TIMELINE_FORMAT_OTIO},
    {"label-studio.json", GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO},
}};

std::string format_names ()
{
  std::string names;
  for (const OutputFormat &format : kFormats)
    names += (names.empty () ? "" : ", ") + std::string (format.name);
  return names;
}

// As GOptionContext fills it in.
struct Arguments {
  char *rate = nullptr, *refined_rate = nullptr, *bundles = nullptr, *directory = nullptr,
       *key_file = nullptr, *output = nullptr, *sheets = nullptr, *clips = nullptr;
  char **questions = nullptr, **formats = nullptr, **others = nullptr;
  gboolean is_coarse = FALSE, are_clips_copied = FALSE, is_agreed = FALSE, is_dry_run = FALSE,
           asks_stand_in = FALSE;

  Arguments () = default;
  Arguments (const Arguments &) = delete;
  Arguments &operator= (const Arguments &) = delete;
  ~Arguments ()
  {
    for (char *text : {rate, refined_rate, bundles, directory, key_file, output, sheets, clips})
      g_free (text);
    for (char **texts : {questions, formats, others})
      g_strfreev (texts);
  }
};

// Returns what is wrong with the command line, or nothing.
std::string read_arguments (int argc, char **argv, const media::ElementOptions &element,
                            Arguments &arguments)
{
  const std::string words_of_formats = "Write events as one of " + format_names () +
                                       "; may be given several times (default: a table)";
  const GOptionEntry entries[] = {
      {"question", 'q', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &arguments.questions,
       "Ask this as well; may be given several times", "QUESTION"},
      {"rate", 'r', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &arguments.rate,
       "Frames a second that are asked about (default: 1/1)", "N/D"},
      {"refine", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &arguments.refined_rate,
       "Ask about both edges of each event again, with so many frames a second", "N/D"},
      {"key-frames", 'k', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &arguments.is_coarse,
       "Decode key frames only, where each number has one: faster, with edges less exact", nullptr},
      {"format", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &arguments.formats,
       words_of_formats.c_str (), "FORMAT"},
      {"output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &arguments.output,
       "File to write; with several videos or formats a directory (default: standard output)",
       "OUT"},
      {"sheet", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &arguments.sheets,
       "Draw a picture for each event, with the frames that show it marked", "DIR"},
      {"clips", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &arguments.clips,
       "Write a clip of each event, from its first frame to its last", "DIR"},
      {"clips-copy", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &arguments.are_clips_copied,
       "Do not encode clips again: fast, but they begin with a key frame before the event",
       nullptr},
      {"yes", 'y', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &arguments.is_agreed,
       "Ask without being asked whether to", nullptr},
      {"dry-run", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &arguments.is_dry_run,
       "Only tell what would be asked", nullptr},
      {"reader", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &arguments.asks_stand_in,
       "Ask numpro-reader, a stand-in that looks for colours", nullptr},
      {"bundles", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &arguments.bundles,
       "Ask about the bundles in this directory, without a video", "DIR"},
      {"work", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &arguments.directory,
       "Where windows and answers are kept (default: numpro/ask in the user's cache)", "DIR"},
      {"api-key-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &arguments.key_file,
       "File that holds the key (default: NUMPRO_API_KEY of the environment)", "FILE"},
      {G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &arguments.others,
       nullptr, nullptr},
      {}};
  const OptionContextPtr context (g_option_context_new ("VIDEO... QUESTION"));
  g_option_context_set_summary (context.get (), kSummary);
  g_option_context_set_description (context.get (), kDescription);
  GOptionGroup *group = g_option_group_new (
      nullptr, nullptr, nullptr, const_cast<media::ElementOptions *> (&element), nullptr);
  g_option_group_add_entries (group, entries);
  element.add_to (group);
  g_option_context_set_main_group (context.get (), group);
  GError *error = nullptr;
  if (g_option_context_parse (context.get (), &argc, &argv, &error))
    return {};
  return ErrorPtr (error)->message;
}

std::vector<std::string> list_of (char **texts)
{
  std::vector<std::string> list;
  for (; texts && *texts; ++texts)
    list.emplace_back (*texts);
  return list;
}

std::string text_of (const char *text, const std::string &otherwise = {})
{
  return text ? text : otherwise;
}

// 0 where it is no rate.
double rate_of (const std::string &text)
{
  GValue value = G_VALUE_INIT;
  g_value_init (&value, GST_TYPE_FRACTION);
  const double rate = gst_value_deserialize (&value, text.c_str ())
                          ? static_cast<double> (gst_value_get_fraction_numerator (&value)) /
                                gst_value_get_fraction_denominator (&value)
                          : 0;
  g_value_unset (&value);
  return std::max (rate, 0.0);
}

std::string usual_directory ()
{
  return std::filesystem::path (g_get_user_cache_dir ()) / "numpro" / "ask";
}

}  // namespace

const OutputFormat *find_format (const std::string &name)
{
  const auto found = std::find_if (kFormats.begin (), kFormats.end (),
                                   [&] (const OutputFormat &one) { return name == one.name; });
  return found == kFormats.end () ? nullptr : found;
}

guint AskOptions::batch_size () const
{
  const ElementPtr sink (
      GST_ELEMENT (gst_object_ref_sink (gst_element_factory_make ("numprosink", nullptr))));
  element.apply_to (sink.get ());
  guint size = 0;
  g_object_get (sink.get (), "batch-size", &size, nullptr);
  return size;
}

AskOptions::AskOptions ()
    : element ("numprosink", [] (const char *property) {
        return is_window_option (property) || is_model_option (property);
      })
{
}

std::string AskOptions::parse (int argc, char **argv)
{
  Arguments arguments;
  std::string problem = read_arguments (argc, argv, element, arguments);
  if (problem.empty ()) {
    videos = list_of (arguments.others);
    questions = list_of (arguments.questions);
    formats = list_of (arguments.formats);
    bundles = text_of (arguments.bundles);
    directory = text_of (arguments.directory, usual_directory ());
    rate = text_of (arguments.rate, rate);
    refined_rate = text_of (arguments.refined_rate);
    key_file = text_of (arguments.key_file);
    output = text_of (arguments.output);
    sheets = text_of (arguments.sheets);
    clips = text_of (arguments.clips);
    are_clips_copied = arguments.are_clips_copied;
    is_coarse = arguments.is_coarse;
    is_agreed = arguments.is_agreed;
    is_dry_run = arguments.is_dry_run;
    asks_stand_in = arguments.asks_stand_in;
    problem = check ();
  }
  return problem.empty () ? "" : problem + "; see numpro ask --help.";
}

// What is left behind the options are videos, and behind them the question.
std::string AskOptions::check ()
{
  std::error_code ignored;
  if (videos.empty ())
    return "There is no video";
  const bool is_last_a_file = std::filesystem::exists (videos.back (), ignored);
  if (is_last_a_file && questions.empty ())
    return videos.back () + " is a file; the question comes last";
  if (!is_last_a_file) {
    questions.insert (questions.begin (), videos.back ());
    videos.pop_back ();
  }
  if (videos.empty () && bundles.empty ())
    return "There is no video before the question \"" + questions.front () + "\"";
  if (!videos.empty () && !bundles.empty ())
    return "--bundles asks without a video; leave out " + videos.front ();
  if (const std::string problem = check_clips (); !problem.empty ())
    return problem;
  if (const std::string problem = media::problem_of_questions (questions); !problem.empty ())
    return problem;
  if (rate_of (rate) == 0)
    return "--rate takes frames a second such as 2/1, not \"" + rate + "\"";
  if (!refined_rate.empty () && rate_of (refined_rate) <= rate_of (rate))
    return "--refine takes more frames a second than --rate, not \"" + refined_rate + "\"";
  if (batch_size () == 0)
    return "--batch-size=0: a window would never end; it takes 1 or more";
  for (const std::string &format : formats) {
    if (!find_format (format))
      return "--format takes one of " + format_names () + ", not \"" + format + "\"";
  }
  if (output.empty () && (formats.size () > 1 || (videos.size () > 1 && !formats.empty ())))
    return "Several files are to be written: -o names a directory for them";
  if (!output.empty () && formats.empty ())
    return "-o needs --format";
  return problem_of_outputs (*this);
}

std::string AskOptions::check_clips () const
{
  if (clips.empty ())
    return are_clips_copied ? "--clips-copy needs --clips" : "";
  if (videos.empty ())
    return "--clips takes clips from a video; --bundles has none";
  return {};
}

}  // namespace numpro::asking
