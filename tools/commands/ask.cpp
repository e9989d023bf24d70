/* SPDX-License-Identifier: LGPL-2.1-or-later */

// numpro ask: when does it happen, in whole recordings.

#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "command.h"
#include "tools/asking/asksession.h"
#include "tools/asking/outputs.h"
#include "tools/asking/standin.h"

namespace numpro {

namespace {

using namespace asking;

int fail (int status, const std::string &problem)
{
  std::fprintf (stderr, "numpro ask: %s\n", problem.c_str ());
  return status;
}

// Whether the user wants it, who is told how much it is. Returns what is wrong, or nothing.
std::string agree (const AskOptions &options, bool &is_agreed)
{
  is_agreed = options.is_agreed || options.asks_stand_in;
  if (is_agreed)
    return {};
  if (!isatty (STDIN_FILENO))
    return "There is no terminal to agree at; --yes asks without.";
  std::fprintf (stderr, "Ask? [y/N] ");
  std::string line;
  std::getline (std::cin, line);
  is_agreed = line == "y" || line == "Y" || line == "yes";
  return {};
}

int run_ask (int argc, char **argv)
{
  AskOptions options;
  if (!options.element.is_available ())
    return fail (
        kExitFailed,
        "GStreamer does not find numprosink. Install the plugin, or set GST_PLUGIN_PATH to "
        "its directory.");
  if (const std::string problem = options.parse (argc, argv); !problem.empty ())
    return fail (kExitUsage, problem);
  StandIn stand_in;
  if (options.asks_stand_in) {
    if (const std::string problem = stand_in.start (); !problem.empty ())
      return fail (kExitFailed, problem);
  }
  auto settings =
      model_settings (options.element, options.key_file, stand_in.server (), !options.is_dry_run);
  if (const auto *problem = std::get_if<std::string> (&settings))
    return fail (kExitUsage, *problem);
  if (const std::string problem = options.is_dry_run ? "" : prepare_outputs (options);
      !problem.empty ())
    return fail (kExitFailed, problem);
  AskSession session (options, std::get<AskSettings> (settings));
  const AskSize size = session.prepare ();
  bool is_agreed = false;
  if (!options.is_dry_run && size.requests > 0) {
    if (const std::string problem = agree (options, is_agreed); !problem.empty ())
      return fail (kExitUsage, problem);
    if (!is_agreed)
      return kExitFailed;
  }
  return options.is_dry_run ? session.exit_status () : session.run ();
}

}  // namespace

const Command kAskCommand = {"ask", "Tells when something happens in recordings", run_ask};

}  // namespace numpro
