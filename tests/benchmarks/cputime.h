/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <time.h>

#include <chrono>

namespace numpro::bench {

using Microseconds = std::chrono::duration<double, std::micro>;

/** CPU time that the calling thread has used so far. */
inline Microseconds thread_cpu_time ()
{
  timespec now = {};
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds (now.tv_sec) + std::chrono::nanoseconds (now.tv_nsec);
}

}  // namespace numpro::bench
