/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sinkoptions.h"

#include "lib/base/gstowned.h"
#include "tests/benchmarks/commandline.h"

namespace numpro::bench {

namespace {

constexpr const char *kSummary =
    "Measures numprosink: unsampled, sampled, images, quality, wire, branches, memory; all unless told.\n"
    "With --profile it only sends frames to a sink, for a profiler to look at.";

}  // namespace

std::optional<SinkOptions> SinkOptions::parse (int argc, char **argv)
{
  gboolean quick = FALSE;
  char *json = nullptr, *profile = nullptr;
  char **names = nullptr;
  int frames = 1000;
  const GOptionEntry entries[] = {
      {"quick", 0, 0, G_OPTION_ARG_NONE, &quick, "Only see that everything works", nullptr},
      {"json", 0, 0, G_OPTION_ARG_FILENAME, &json, "Also write the results to a file", "FILE"},
      {"profile", 0, 0, G_OPTION_ARG_STRING, &profile, "Only send frames",
       "sampled|unsampled|fakesink"},
      {"frames", 0, 0, G_OPTION_ARG_INT, &frames, "With --profile: so many frames (1000)", "N"},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, nullptr, "[WHAT...]"},
      {}};
  const bool read = read_command_line (argc, argv, kSummary, entries);
  const TextPtr json_owned (json), profile_owned (profile);
  const OwnedBy<char *, g_strfreev> names_owned (names);
  if (read && frames < 1)
    g_printerr ("--frames is 1 or more\n");
  if (!read || frames < 1)
    return std::nullopt;

  SinkOptions options;
  if (quick)
    options.pace = SinkPace::quick ();
  options.json = json ? json : "";
  options.profile = profile ? profile : "";
  for (char **name = names; name && *name; ++name)
    options.names.push_back (*name);
  options.frames = static_cast<std::size_t> (frames);
  return options;
}

}  // namespace numpro::bench
