/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framerhythm.h"

#include <algorithm>

namespace numpro {

namespace {

// Two intervals of one rate, whose frames jitter.
bool are_alike (GstClockTime a, GstClockTime b)
{
  return std::max (a, b) / 2 <= std::min (a, b);
}

}  // namespace

// The interval of a rate that has just become much slower; 0 where it has not.
GstClockTime FrameRhythm::slower_interval (GstClockTime newest) const
{
  if (noted_ < 2 || !GST_CLOCK_TIME_IS_VALID (usual_))
    return 0;
  const GstClockTime before = intervals_[(noted_ - 2) % kIntervals];
  const GstClockTime both = std::min (before, newest);
  return are_alike (before, newest) && both > kLateIntervals * usual_ ? both : 0;
}

void FrameRhythm::note (GstClockTime time)
{
  const GstClockTime last = last_;
  last_ = time;
  // Frames out of their order say nothing about their distance.
  if (!GST_CLOCK_TIME_IS_VALID (last) || !GST_CLOCK_TIME_IS_VALID (time) || time <= last)
    return;
  const GstClockTime newest = time - last;
  intervals_[noted_++ % kIntervals] = newest;
  const std::size_t count = std::min (noted_, kIntervals);
  // Less than a majority of frames says less than what is expected.
  if (count > kIntervals / 2 || !GST_CLOCK_TIME_IS_VALID (usual_)) {
    std::array<GstClockTime, kIntervals> sorted = intervals_;
    const auto begin = sorted.begin ();
    const auto middle = begin + static_cast<std::ptrdiff_t> (count / 2);
    std::nth_element (begin, middle, begin + static_cast<std::ptrdiff_t> (count));
    usual_ = std::max (*middle, shortest_);
  }
  interval_ = std::max (usual_, slower_interval (newest));
}

}  // namespace numpro
