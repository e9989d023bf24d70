/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tests/benchmarks/cputime.h"

namespace numpro::bench {

inline Microseconds time_of (clockid_t clock)
{
  timespec now = {};
  clock_gettime (clock, &now);
  return std::chrono::seconds (now.tv_sec) + std::chrono::nanoseconds (now.tv_nsec);
}

/** Time as it passes, whoever has the processor. */
inline Microseconds wall_time ()
{
  return time_of (CLOCK_MONOTONIC);
}

/** CPU time that all threads of this process have used so far. */
inline Microseconds process_cpu_time ()
{
  return time_of (CLOCK_PROCESS_CPUTIME_ID);
}

}  // namespace numpro::bench
