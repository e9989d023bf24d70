/* SPDX-License-Identifier: LGPL-2.1-or-later */

// numpro record: a source with a number on every frame.

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "command.h"
#include "lib/model/asksettings.h"
#include "tools/asking/eventtable.h"
#include "tools/asking/standin.h"
#include "tools/media/lookcheck.h"
#include "tools/media/recordoptions.h"
#include "tools/media/sourcerecorder.h"

namespace numpro {

namespace {

using namespace media;

int fail (int status, const std::string &problem)
{
  std::fprintf (stderr, "numpro record: %s\n", problem.c_str ());
  return status;
}

// Why nothing can be written to an output, in a sentence, or nothing.
std::string obstacle_to (const RecordOptions &options)
{
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path output (options.output);
  const fs::path directory = output.has_parent_path () ? output.parent_path () : fs::path (".");
  if (fs::is_directory (output, error))
    return options.output + " is a directory; name a file in it.";
  if (!fs::is_directory (directory, error))
    return directory.string () + " is no directory; make it, or name another output.";
  if (access (directory.c_str (), W_OK) != 0)
    return directory.string () + ": " + g_strerror (errno) + "; name another output.";
  if (fs::equivalent (options.source, output, error))
    return options.output + " is the source itself; name another output.";
  // Segments of an earlier run stay, and new ones follow them.
  if (!options.segment && fs::exists (output, error) && !options.is_forced)
    return options.output + " is there already; --force writes it again.";
  return {};
}

void report (const RecordedFile &file)
{
  std::printf ("%s: %" G_GUINT64_FORMAT " frames, numbers %" G_GUINT64_FORMAT
               " to %" G_GUINT64_FORMAT ", %s\n",
               file.location.c_str (), file.frames, file.first_number, file.last_number,
               clock_text (file.end - file.start + GST_MSECOND).c_str ());
  flush_output ();
}

int exit_status (const RecordResult &result)
{
  if (result.signal != 0)
    return 128 + result.signal;
  switch (result.end) {
    case RecordResult::End::kWhole:
      return kExitDone;
    case RecordResult::End::kBrokeOff:
      return kExitPartly;
    case RecordResult::End::kNone:
      break;
  }
  return kExitFailed;
}

// What is wrong with how a model would be asked, in a sentence, or nothing.
std::string problem_of_model (const RecordOptions &options)
{
  AskSettings settings{};
  if (!options.questions.empty () && !options.asks_stand_in) {
    settings.endpoint = options.endpoint;
    settings.model = options.model;
  }
  return settings.problem ();
}

// Starts the stand-in where that is to be asked. Returns what is wrong, in a sentence, or nothing.
std::string find_model (const RecordOptions &options, asking::StandIn &stand_in,
                        RecordQuestions &questions)
{
  questions.texts = options.questions;
  questions.location = std::filesystem::path (options.output).replace_extension ("");
  questions.location += "-bundles";
  questions.endpoint = options.endpoint;
  questions.model = options.model;
  if (!options.asks_stand_in)
    return {};
  const std::string problem = stand_in.start ();
  questions.endpoint = stand_in.server ().endpoint;
  questions.model = stand_in.server ().model;
  return problem;
}

// What is told is worth less than the recording: whoever read it may be gone.
void outlive_readers ()
{
  std::signal (SIGPIPE, SIG_IGN);
}

int record (const RecordOptions &options, Input input)
{
  asking::StandIn stand_in;
  RecordPlan plan = {std::move (input), options.output, options.duration, options.segment, {}};
  if (const std::string problem = find_model (options, stand_in, plan.questions); !problem.empty ())
    return fail (kExitFailed, problem);
  ProgressDisplay display (STDERR_FILENO);
  const auto note = [&] (const std::string &text) {
    display.clear ();
    // Warnings of elements are whole sentences.
    std::fprintf (stderr, "%s%s\n", text.c_str (), text.ends_with ('.') ? "" : ".");
  };
  const auto written = [&] (const RecordedFile &file) {
    display.clear ();
    report (file);
  };
  const auto found = [&] (const std::string &question, const GstNumproSpan &span) {
    display.clear ();
    std::printf ("%s: %s\n", question.c_str (), asking::span_text (span).c_str ());
    flush_output ();
  };
  SourceRecorder recorder (std::move (plan), options.look, display, note, written, found);
  const RecordResult result = recorder.run ();
  if (!result.problem.empty ())
    std::fprintf (stderr, "%s\n", result.problem.c_str ());
  return exit_status (result);
}

int run_record (int argc, char **argv)
{
  RecordOptions options;
  if (!options.look.is_available ())
    return fail (kExitFailed,
                 "GStreamer does not find numproverlay. Install the plugin, or set GST_PLUGIN_PATH "
                 "to its directory.");
  std::string problem = options.parse (argc, argv);
  if (problem.empty ())
    problem = obstacle_to_look (options.look);
  if (problem.empty ())
    problem = problem_of_model (options);
  if (!problem.empty ())
    return fail (kExitUsage, problem);
  auto input = options.find_input ();
  if (const auto *why = std::get_if<std::string> (&input))
    return fail (kExitFailed, *why);
  if (problem = obstacle_to (options); !problem.empty ())
    return fail (kExitFailed, problem);
  outlive_readers ();
  return record (options, std::get<Input> (std::move (input)));
}

}  // namespace

const Command kRecordCommand = {"record", "Records a source with a number on every frame",
                                run_record};

}  // namespace numpro
