/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "numbering.h"

#include <algorithm>

#include "lib/base/timestamptolerance.h"

namespace numpro {

namespace {

// How long before its slot a frame was meant to be in it: at most half a frame and half a slot,
// lest a neighbour be taken for it.
GstClockTime earliness (GstClockTime frame_duration, GstClockTime slot_duration)
{
  GstClockTime tolerance = std::min (kTimestampTolerance, slot_duration / 2);
  if (GST_CLOCK_TIME_IS_VALID (frame_duration) && frame_duration > 0)
    tolerance = std::min (tolerance, frame_duration / 2);
  return tolerance;
}

}  // namespace

void Numbering::reset ()
{
  slot_ = 0;
  seen_in_slot_ = 0;
  slot_start_ = GST_CLOCK_TIME_NONE;
  origin_ = GST_CLOCK_TIME_NONE;
}

std::optional<Slot> Numbering::next (GstClockTimeDiff running_time, GstClockTime frame_duration)
{
  GstClockTime time = GST_CLOCK_TIME_NONE;
  if (GST_CLOCK_STIME_IS_VALID (running_time))
    time = static_cast<GstClockTime> (std::max<GstClockTimeDiff> (running_time, 0));

  Slot slot;
  if (options_.mode == NumberingOptions::Mode::kCount)
    slot = next_by_count (time, frame_duration);
  else if (GST_CLOCK_TIME_IS_VALID (time))
    slot = next_by_time (time, frame_duration);
  else
    return std::nullopt;

  slot.slot += options_.start;
  slot.number = options_.wrap ? slot.slot % options_.wrap : slot.slot;
  return slot;
}

Slot Numbering::next_by_count (GstClockTime running_time, GstClockTime frame_duration)
{
  if (seen_in_slot_ == options_.every) {
    ++slot_;
    seen_in_slot_ = 0;
  }
  if (seen_in_slot_++ == 0)
    slot_start_ = running_time;

  Slot slot;
  slot.slot = slot_;
  slot.start = slot_start_;
  // A thousand frames a second are what recordings in milliseconds promise where they know no rate.
  if (GST_CLOCK_TIME_IS_VALID (frame_duration) && frame_duration > kTimestampTolerance)
    slot.duration = frame_duration * options_.every;
  return slot;
}

Slot Numbering::next_by_time (GstClockTime running_time, GstClockTime frame_duration)
{
  if (!GST_CLOCK_TIME_IS_VALID (origin_))
    origin_ = running_time;

  const auto rate_n = static_cast<guint64> (options_.rate.n);
  const auto nanoseconds = static_cast<guint64> (options_.rate.d) * GST_SECOND;
  const auto slot_begin = [&] (guint64 k) {
    return gst_util_uint64_scale_ceil (k, nanoseconds, rate_n);
  };

  const GstClockTime elapsed = running_time > origin_ ? running_time - origin_ : 0;
  const GstClockTime reach = elapsed + earliness (frame_duration, nanoseconds / rate_n);
  const guint64 k = gst_util_uint64_scale (reach, rate_n, nanoseconds);

  Slot slot;
  slot.slot = k;
  slot.start = origin_ + slot_begin (k);
  slot.duration = slot_begin (k + 1) - slot_begin (k);
  return slot;
}

}  // namespace numpro
