/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tests/benchmarks/cputime.h"

namespace numpro::bench {

/** How much is measured. */
struct Pace {
  unsigned rounds = 25;          /**< in which elements take turns */
  Microseconds batch{5000};      /**< CPU time of a turn, at least */
  unsigned process_runs = 5;     /**< of every program of its own */
  unsigned process_frames = 900; /**< of a run, at most: numbers are 100 to 999 */
  double process_pixels = 1e9;   /**< of a run, at most */

  /** Enough to see that everything works, not enough to believe the times. */
  static Pace quick ()
  {
    return {.rounds = 2,
            .batch = Microseconds (100),
            .process_runs = 1,
            .process_frames = 10,
            .process_pixels = 20e6};
  }
};

}  // namespace numpro::bench
