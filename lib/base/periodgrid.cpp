/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "periodgrid.h"

#include <algorithm>

#include "timestamptolerance.h"

namespace numpro {

namespace {

GstClockTime distance (GstClockTime a, GstClockTime b)
{
  return std::max (a, b) - std::min (a, b);
}

}  // namespace

void PeriodGrid::restart ()
{
  has_last_ = false;
  count_ = 0;
}

guint64 PeriodGrid::next (GstClockTime time, GstClockTime frame_duration)
{
  if (has_last_ && time == last_time ())
    return last_;
  if (!is_learned_)
    is_even_ = GST_CLOCK_TIME_IS_VALID (frame_duration) && is_as_often (frame_duration, 1, 0);
  const bool is_next = follows (time);
  if (!is_next)
    count_ = 0;
  note (time);

  if (is_next && is_even_) {
    const GstClockTime reach = periods (kReach);
    last_ =
        std::clamp (last_ + 1, period_at (time - std::min (time, reach)), period_at (time + reach));
  } else {
    // Containers round: a frame that is hardly too early is meant to be on time, unless that is as
    // far as to a neighbour, or further than frames that jitter leave room for.
    GstClockTime tolerance = std::min (kTimestampTolerance, periods (is_even_ ? 10 - kReach : 5));
    if (GST_CLOCK_TIME_IS_VALID (frame_duration) && frame_duration > 0)
      tolerance = std::min (tolerance, frame_duration / 2);
    // The last one may have begun early, while frames came as often as periods.
    last_ = std::max (period_at (time + tolerance), is_next ? last_ : 0);
  }
  has_last_ = true;
  return last_;
}

GstClockTime PeriodGrid::begin_of (guint64 period) const
{
  return gst_util_uint64_scale_ceil (period, static_cast<guint64> (rate_.d) * GST_SECOND,
                                     static_cast<guint64> (rate_.n));
}

GstClockTime PeriodGrid::due () const
{
  if (!has_last_)
    return GST_CLOCK_TIME_NONE;
  const GstClockTime begin = begin_of (last_ + 1);
  return is_even_ ? begin - std::min (begin, periods (kReach)) : begin;
}

guint64 PeriodGrid::period_at (GstClockTime time) const
{
  return gst_util_uint64_scale (time, static_cast<guint64> (rate_.n),
                                static_cast<guint64> (rate_.d) * GST_SECOND);
}

GstClockTime PeriodGrid::periods (guint64 tenths) const
{
  return gst_util_uint64_scale (tenths, static_cast<guint64> (rate_.d) * GST_SECOND,
                                10 * static_cast<guint64> (rate_.n));
}

// Whether a frame comes after the last one as it does without a hole, be frames as rare as periods.
bool PeriodGrid::follows (GstClockTime time) const
{
  if (!has_last_)
    return false;
  return time > last_time () && time - last_time () < periods (10 + kReach);
}

GstClockTime PeriodGrid::last_time () const
{
  return times_[(count_ - 1) % times_.size ()];
}

void PeriodGrid::note (GstClockTime time)
{
  times_[count_++ % times_.size ()] = time;
  const std::size_t intervals = std::min (count_ - 1, kIntervals);
  if (intervals < kFewestIntervals)
    return;
  const GstClockTime earlier = times_[(count_ - 1 - intervals) % times_.size ()];
  is_learned_ = true;
  // That of the first and of the last one, as jitter does not add up.
  constexpr guint64 kJitter = 8;
  is_even_ = is_as_often (time - earlier, intervals, kJitter);
}

// Whether frames that took a time come as often as periods, to a twentieth.
bool PeriodGrid::is_as_often (GstClockTime time, guint64 frames, guint64 jitter) const
{
  return distance (time, periods (10 * frames)) <= periods (2 * jitter + frames) / 2;
}

}  // namespace numpro
