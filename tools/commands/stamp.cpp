/* SPDX-License-Identifier: LGPL-2.1-or-later */

// numpro stamp: numbers into recordings.

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "command.h"
#include "tools/media/lookcheck.h"
#include "tools/media/stampplans.h"

namespace numpro {

namespace {

using namespace media;

int fail_usage (const std::string &problem)
{
  std::fprintf (stderr, "numpro stamp: %s\n", problem.c_str ());
  return kExitUsage;
}

/** What became of the inputs of a call. */
struct Tally {
  int done = 0;   /**< the output is there and complete */
  int broken = 0; /**< the output is there, as far as the input could be read */
  int failed = 0;
  int signal = 0; /**< that ended the call */

  int exit_status () const
  {
    if (signal != 0)
      return 128 + signal;
    if (broken == 0 && failed == 0)
      return kExitDone;
    return broken > 0 || done > 0 ? kExitPartly : kExitFailed;
  }
};

void report (const StampPlan &plan, const StampResult &result)
{
  if (!result.problem.empty ())
    std::fprintf (stderr, "%s\n", result.problem.c_str ());
  if (result.end != StampResult::End::kWhole && result.end != StampResult::End::kBrokeOff)
    return;
  std::printf ("%s: %" G_GUINT64_FORMAT " %s, numbers %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
               ", %s\n",
               plan.output.c_str (), result.frames, plan.container ? "frames" : "pictures",
               result.first_number, result.last_number, clock_text (result.duration).c_str ());
  flush_output ();
}

StampResult stamp (const StampPlan &plan, const StampOptions &options, ProgressDisplay &display)
{
  StampResult result;
  result.problem = obstacle_to (plan);
  if (!result.problem.empty ())
    return result;
  const auto note = [&] (const std::string &text) {
    display.clear ();
    std::fprintf (stderr, "%s: %s.\n", plan.input.c_str (), text.c_str ());
  };
  return FileStamper (plan, options, display, note).run ();
}

bool is_done (const StampPlan &plan, const StampOptions &options)
{
  std::error_code error;
  const bool is_there = plan.container ? std::filesystem::is_regular_file (plan.output, error)
                                       : FrameDirectory::is_complete (plan.output);
  if (options.is_forced || !is_there ||
      std::filesystem::equivalent (plan.input, plan.output, error))
    return false;
  std::fprintf (stderr, "%s is there already; --force writes it again.\n", plan.output.c_str ());
  return true;
}

Tally stamp_all (const std::vector<StampPlan> &plans, const StampOptions &options)
{
  Tally tally;
  ProgressDisplay display (STDERR_FILENO);
  for (const StampPlan &plan : plans) {
    if (is_done (plan, options)) {
      ++tally.done;
      continue;
    }
    const StampResult result = stamp (plan, options, display);
    report (plan, result);
    tally.signal = result.signal;
    if (tally.signal != 0)
      break;
    ++(result.end == StampResult::End::kWhole      ? tally.done
       : result.end == StampResult::End::kBrokeOff ? tally.broken
                                                   : tally.failed);
  }
  return tally;
}

int run_stamp (int argc, char **argv)
{
  StampOptions options;
  if (!options.look.is_available ()) {
    std::fprintf (stderr,
                  "numpro stamp: GStreamer does not find numproverlay. Install the plugin, or set "
                  "GST_PLUGIN_PATH to its directory.\n");
    return kExitFailed;
  }
  if (const std::string problem = options.parse (argc, argv); !problem.empty ())
    return fail_usage (problem);
  if (const std::string problem = obstacle_to_look (options.look); !problem.empty ())
    return fail_usage (problem);
  const auto plans = stamp_plans (options);
  if (const auto *problem = std::get_if<std::string> (&plans))
    return fail_usage (*problem);
  const auto &all = std::get<std::vector<StampPlan>> (plans);
  const std::string directory = std::filesystem::path (all.front ().output).parent_path ();
  if (all.front ().output != options.output &&
      g_mkdir_with_parents (directory.c_str (), 0777) != 0) {
    std::fprintf (stderr, "%s: %s.\n", directory.c_str (), g_strerror (errno));
    return kExitFailed;
  }
  return stamp_all (all, options).exit_status ();
}

}  // namespace

const Command kStampCommand = {"stamp", "Writes recordings again with a number on every frame",
                               run_stamp};

}  // namespace numpro
