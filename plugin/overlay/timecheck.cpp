/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "timecheck.h"

#include <utility>

#include "overlaydebug.h"

namespace numpro {

namespace {

// Frames in a row, some seconds of them.
constexpr guint kMostWithoutTime = 100;

// How far ahead of the clock a stream may begin, and how long before its start.
constexpr GstClockTimeDiff kFarAhead = GstClockTimeDiff{24 * 3600} * GST_SECOND;
constexpr GstClockTimeDiff kFarBehind = GST_SECOND;

}  // namespace

void TimeCheck::note (GstClockTimeDiff running_time)
{
  ++frames_;
  running_time_ = running_time;
  without_time_ = GST_CLOCK_STIME_IS_VALID (running_time) ? 0 : without_time_ + 1;
}

bool TimeCheck::are_lost () const
{
  return without_time_ > kMostWithoutTime;
}

void TimeCheck::check_presence ()
{
  if (without_time_ == 0 || std::exchange (warned_of_presence_, true))
    return;
  GST_ELEMENT_WARNING (element_, STREAM, FORMAT,
                       ("A frame has no timestamp; the time of the frame before it counts for it. "
                        "Have the source timestamp all frames."),
                       ("told once"));
}

// Of a stream that begins so; one that leaps ahead later has a hole.
bool TimeCheck::is_far_ahead () const
{
  if (frames_ != 1 || running_time_ <= kFarAhead)
    return false;
  const GstClockTime now = gst_element_get_current_running_time (element_);
  return !GST_CLOCK_TIME_IS_VALID (now) ||
         running_time_ - kFarAhead > static_cast<GstClockTimeDiff> (now);
}

void TimeCheck::check_number (guint64 number, bool is_first_number)
{
  if (warned_of_number_ || without_time_ > 0)
    return;
  const double seconds = static_cast<double> (running_time_) / GST_SECOND;
  if (running_time_ < -kFarBehind) {
    warned_of_number_ = true;
    GST_ELEMENT_WARNING (element_, STREAM, FORMAT,
                         ("Frames come %.1f s before running time 0, and have number "
                          "%" G_GUINT64_FORMAT " until then. See to pad offsets and segments "
                          "upstream, or set numbering=count.",
                          -seconds, number),
                         ("told once"));
  } else if (!is_first_number && is_far_ahead ()) {
    warned_of_number_ = true;
    GST_ELEMENT_WARNING (element_, STREAM, FORMAT,
                         ("By its timestamp the first frame is %.0f days ahead, and has number "
                          "%" G_GUINT64_FORMAT ". Where timestamps are times of day, begin the "
                          "segment with the first one or have the source timestamp its buffers "
                          "(appsrc: do-timestamp=true); or emit reset.",
                          seconds / 24 / 3600, number),
                         ("told once"));
  }
}

}  // namespace numpro
