/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <cstdio>
#include <cstdlib>

/**
 * A random walk as a program, PROGRAM [SEED [STEPS]], which anything that GLib complains about
 * ends.
 *
 * @tparam Walk is made from a seed, takes a step() at a time, and at the end prints what it met in
 * a report(), which tells whether that was of every kind
 * @return the exit status
 */
template <typename Walk>
int run_random_walk (int argc, char **argv, long long default_steps)
{
  gst_init (&argc, &argv);
  g_log_set_always_fatal (
      static_cast<GLogLevelFlags> (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  const guint32 seed = argc > 1 ? static_cast<guint32> (std::atoll (argv[1])) : 1;
  const long long steps = argc > 2 ? std::atoll (argv[2]) : default_steps;

  Walk walk (seed);
  for (long long i = 0; i < steps; ++i)
    walk.step ();
  std::printf ("seed %u: %lld steps, ", seed, steps);
  return walk.report () ? EXIT_SUCCESS : EXIT_FAILURE;
}
