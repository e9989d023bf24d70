/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framerhythm.h"

#include <algorithm>

namespace numpro {

void FrameRhythm::note (GstClockTime time)
{
  const GstClockTime last = last_;
  last_ = time;
  // Frames out of their order say nothing about their distance.
  if (!GST_CLOCK_TIME_IS_VALID (last) || !GST_CLOCK_TIME_IS_VALID (time) || time <= last)
    return;
  intervals_[noted_++ % kIntervals] = time - last;
  const std::size_t count = std::min (noted_, kIntervals);
  // Less than a majority of frames says less than what is expected.
  if (count <= kIntervals / 2 && GST_CLOCK_TIME_IS_VALID (interval_))
    return;
  std::array<GstClockTime, kIntervals> sorted = intervals_;
  const auto middle = sorted.begin () + static_cast<std::ptrdiff_t> (count / 2);
  std::nth_element (sorted.begin (), middle, sorted.begin () + static_cast<std::ptrdiff_t> (count));
  interval_ = std::max (*middle, shortest_);
}

}  // namespace numpro
