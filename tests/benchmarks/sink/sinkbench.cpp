/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What numprosink costs whoever sends it frames, and what its images are like. See ../README.md.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include <glib.h>

#include "findings.h"
#include "measurements.h"
#include "sinkoptions.h"

using namespace numpro::bench;

namespace {

struct Measurement {
  std::string_view name;
  bool (*measure) (const SinkPace &pace, Findings &findings);
};

constexpr Measurement kMeasurements[] = {
    {"unsampled", measure_unsampled}, {"sampled", measure_sampled}, {"images", measure_images},
    {"quality", measure_quality},     {"wire", measure_wire},       {"branches", measure_branches},
    {"memory", measure_memory},
};

bool is_wanted (const SinkOptions &options, std::string_view name)
{
  return options.names.empty () || std::ranges::find (options.names, name) != options.names.end ();
}

bool knows (const std::string &name)
{
  if (std::ranges::find (kMeasurements, name, &Measurement::name) != std::end (kMeasurements))
    return true;
  g_printerr ("There is nothing to measure called %s.\n", name.c_str ());
  return false;
}

int measure (const SinkOptions &options)
{
  Findings findings;
  for (const Measurement &measurement : kMeasurements) {
    if (!is_wanted (options, measurement.name))
      continue;
    g_printerr ("%s ...\n", measurement.name.data ());
    if (!measurement.measure (options.pace, findings))
      return EXIT_FAILURE;
  }
  findings.print (std::cout);
  return options.json.empty () || findings.write_json (options.json) ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main (int argc, char **argv)
{
  const std::optional<SinkOptions> options = SinkOptions::parse (argc, argv);
  if (!options || !std::ranges::all_of (options->names, knows))
    return 2;
  if (options->profile.empty ())
    return measure (*options);
  if (!can_profile (options->profile)) {
    g_printerr ("There are no %s frames: sampled, unsampled or fakesink.\n",
                options->profile.c_str ());
    return 2;
  }
  return run_for_profiler (options->profile, options->frames) ? EXIT_SUCCESS : EXIT_FAILURE;
}
