/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>

namespace numpro::bench {

/** How much is measured of the sink. */
struct SinkPace {
  unsigned render_rounds = 50;     /**< in which sinks take turns with unsampled frames */
  unsigned render_frames = 5000;   /**< of a turn */
  unsigned paced_samples = 3000;   /**< of each sink */
  unsigned cost_rounds = 15;       /**< in which ways to make images take turns */
  unsigned cost_samples = 32;      /**< of a turn */
  unsigned wire_batches = 30;      /**< of each sink */
  unsigned seconds_part = 20;      /**< of branches that lack something */
  unsigned seconds_whole = 70;     /**< of whole branches: two batches of 32 and some more */
  unsigned branch_batch = 32;      /**< samples */
  unsigned memory_frames = 200000; /**< counted */
  unsigned memory_frames_per_sample = 1;
  std::size_t ring_bytes = 96 * 1024 * 1024;

  /** Enough to see that everything works, not enough to believe the times. */
  static SinkPace quick ()
  {
    return {.render_rounds = 2,
            .render_frames = 200,
            .paced_samples = 20,
            .cost_rounds = 1,
            .cost_samples = 2,
            .wire_batches = 1,
            .seconds_part = 1,
            .seconds_whole = 3,
            .branch_batch = 1,
            .memory_frames = 200000,
            .memory_frames_per_sample = 20,
            .ring_bytes = 0};
  }
};

}  // namespace numpro::bench
