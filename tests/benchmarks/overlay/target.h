/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>

#include "results.h"

namespace numpro::bench {

/** What the reference contender is to reach on one kind of frames. */
struct Target {
  FrameKind kind;
  double max_net;   /**< microseconds */
  double min_times; /**< cheaper than the yardstick */

  bool met_by (double net, double times) const { return net <= max_net && times >= min_times; }
};

std::span<const Target> targets ();

}  // namespace numpro::bench
