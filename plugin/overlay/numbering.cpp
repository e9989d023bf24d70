/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "numbering.h"

#include <algorithm>
#include <utility>

#include "lib/base/frameorder.h"
#include "lib/base/timestamptolerance.h"

namespace numpro {

void Numbering::reset ()
{
  slot_ = 0;
  seen_in_slot_ = 0;
  slot_start_ = GST_CLOCK_TIME_NONE;
  frame_duration_ = GST_CLOCK_TIME_NONE;
  was_reset_ = true;
  break_ = Break::kNone;
  time_lines_ = 0;
  time_line_.reset ();
  left_.reset ();
  fallen_to_.reset ();
}

void Numbering::note (Break time_line)
{
  break_ = std::max (break_, time_line);
}

std::optional<Slot> Numbering::next (GstClockTimeDiff running_time, GstClockTime frame_duration)
{
  GstClockTime time = GST_CLOCK_TIME_NONE;
  if (GST_CLOCK_STIME_IS_VALID (running_time))
    time = static_cast<GstClockTime> (std::max<GstClockTimeDiff> (running_time, 0));

  std::optional<Slot> slot = options_.mode == NumberingOptions::Mode::kCount
                                 ? next_by_count (time, frame_duration)
                                 : next_by_time (time, frame_duration);
  if (slot) {
    slot->slot += options_.start;
    slot->number = options_.wrap ? slot->slot % options_.wrap : slot->slot;
  }
  return slot;
}

Slot Numbering::next_by_count (GstClockTime running_time, GstClockTime frame_duration)
{
  if (seen_in_slot_ == options_.every) {
    ++slot_;
    seen_in_slot_ = 0;
  }
  // A slot begins with its first buffer; where times start again within it, with the next one.
  if (seen_in_slot_++ == 0 ||
      (GST_CLOCK_TIME_IS_VALID (running_time) &&
       (!GST_CLOCK_TIME_IS_VALID (slot_start_) || running_time < slot_start_)))
    slot_start_ = running_time;

  Slot slot;
  slot.slot = slot_;
  slot.start = slot_start_;
  // A thousand frames a second are what recordings in milliseconds promise where they know no rate.
  if (GST_CLOCK_TIME_IS_VALID (frame_duration) && frame_duration > kTimestampTolerance) {
    // One long frame, a still, says nothing of the slot's others; nor does it of those after it.
    const GstClockTime other = std::min (frame_duration, frame_duration_);
    slot.duration = frame_duration + other * (options_.every - 1);
  }
  frame_duration_ = frame_duration;
  return slot;
}

std::optional<Slot> Numbering::next_by_time (GstClockTime running_time, GstClockTime frame_duration)
{
  if (!GST_CLOCK_TIME_IS_VALID (running_time)) {
    if (time_line_)
      return time_line_->slot;
    return was_reset_ ? std::optional (Slot{}) : std::nullopt;
  }
  if (!time_line_)
    begin_time_line (was_reset_ ? running_time : 0, 0);
  if (is_on_time_line (running_time))
    time_line_->slot = slot_at (running_time, frame_duration);
  return time_line_->slot;
}

// Whether the next buffer has a number by its time. Where times fall back numbers go on: at once
// where a new segment says so, else with the second buffer, for one alone is astray.
bool Numbering::is_on_time_line (GstClockTime running_time)
{
  const Break time_line = std::exchange (break_, Break::kNone);
  const std::optional<GstClockTime> fallen_to = std::exchange (fallen_to_, std::nullopt);
  const std::optional<TimeLine> left = std::exchange (left_, std::nullopt);
  const GstClockTime tolerance = time_line == Break::kFlush ? 0 : kOutOfOrder;
  if (running_time + tolerance >= time_line_->time)
    return is_in_order (running_time, fallen_to);

  if (time_line == Break::kNone && left && running_time + kOutOfOrder >= left->time) {
    // The buffer before was astray, not this one.
    time_line_ = left;
    return running_time >= time_line_->time;
  }
  const bool is_confirmed = fallen_to && running_time + kOutOfOrder >= *fallen_to;
  if (time_line == Break::kNone && !is_confirmed) {
    fallen_to_ = running_time;
    return false;
  }
  begin_time_line (running_time, time_line_->slot.slot + 1);
  return true;
}

// Whether a frame that is not far behind has a number by its time. One that is behind has the last
// one's, unless it is one frame more than are out of order, or follows one that fell back.
bool Numbering::is_in_order (GstClockTime running_time, std::optional<GstClockTime> fallen_to)
{
  const GstClockTime latest = time_line_->time;
  if (running_time >= latest) {
    if (running_time > latest)
      behind_ = 0;
    if (running_time > latest + kOutOfOrder)
      left_ = time_line_;
    return true;
  }
  const bool follows_fallen =
      fallen_to && running_time >= *fallen_to && running_time <= *fallen_to + kOutOfOrder;
  if (++behind_ <= kMostOutOfOrder && !follows_fallen)
    return false;
  begin_time_line (running_time, time_line_->slot.slot + 1);
  return true;
}

void Numbering::begin_time_line (GstClockTime origin, guint64 first_slot)
{
  time_line_.emplace (TimeLine{.origin = origin,
                               .first_slot = first_slot,
                               .periods = PeriodGrid (options_.rate),
                               .time = origin,
                               .slot = {}});
  break_ = Break::kNone;
  behind_ = 0;
  ++time_lines_;
}

Slot Numbering::slot_at (GstClockTime running_time, GstClockTime frame_duration)
{
  TimeLine &line = *time_line_;
  line.time = running_time;
  const guint64 period = line.periods.next (running_time - line.origin, frame_duration);
  const GstClockTime begin = line.periods.begin_of (period);
  Slot slot;
  slot.slot = line.first_slot + period;
  slot.start = line.origin + begin;
  slot.duration = line.periods.begin_of (period + 1) - begin;
  return slot;
}

}  // namespace numpro
