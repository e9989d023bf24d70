/* SPDX-License-Identifier: LGPL-2.1-or-later */

// numpro stamp: numbers into recordings.

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "command.h"
#include "tools/media/filestamper.h"
#include "tools/media/input.h"
#include "tools/media/stampoptions.h"

namespace numpro {

namespace {

using namespace media;

int fail_usage (const std::string &problem)
{
  std::fprintf (stderr, "numpro stamp: %s\n", problem.c_str ());
  return kExitUsage;
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
  const auto container = Container::of (options.output);
  if (!container)
    return fail_usage (options.output + " has none of the extensions " + Container::extensions ());

  ProgressDisplay display (STDERR_FILENO);
  const std::string &input = options.inputs.front ();
  const auto note = [&] (const std::string &text) {
    display.clear ();
    std::fprintf (stderr, "%s: %s.\n", input.c_str (), text.c_str ());
  };
  const StampResult result =
      FileStamper ({input, options.output, *container}, options.look, display, note).run ();
  if (!result.problem.empty ())
    std::fprintf (stderr, "%s\n", result.problem.c_str ());
  return result.end == StampResult::End::kWhole ? kExitDone : kExitFailed;
}

}  // namespace

const Command kStampCommand = {"stamp", "Writes recordings again with a number on every frame",
                               run_stamp};

}  // namespace numpro
