/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "numbering.h"

#include <algorithm>

namespace numpro {

void Numbering::reset ()
{
  slot_ = 0;
  seen_in_slot_ = 0;
  slot_start_ = GST_CLOCK_TIME_NONE;
  periods_.restart ();
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
  if (GST_CLOCK_TIME_IS_VALID (frame_duration))
    slot.duration = frame_duration * options_.every;
  return slot;
}

Slot Numbering::next_by_time (GstClockTime running_time, GstClockTime frame_duration)
{
  if (!GST_CLOCK_TIME_IS_VALID (origin_))
    origin_ = running_time;

  const GstClockTime elapsed = running_time > origin_ ? running_time - origin_ : 0;
  Slot slot;
  slot.slot = periods_.next (elapsed, frame_duration);
  slot.start = origin_ + periods_.begin_of (slot.slot);
  slot.duration = periods_.begin_of (slot.slot + 1) - periods_.begin_of (slot.slot);
  return slot;
}

}  // namespace numpro
