/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recordednumbers.h"

#include "lib/recording/recordedmessage.h"

namespace numpro {

namespace {

// A cut may leave a group of pictures without its beginning, but not for longer than this.
constexpr GstClockTimeDiff kPatience = GST_SECOND;

// That many frames are a second's, where nothing tells their time.
constexpr guint64 kFramesOfPatience = 100;

}  // namespace

std::optional<RecordedNumber> recorded_number_of (GstBuffer *frame)
{
  const auto message = recorded_message_of (frame);
  return message ? from_bytes (*message) : std::nullopt;
}

const std::optional<RecordedNumber> &RecordedNumbers::next (GstBuffer *frame,
                                                            GstClockTimeDiff running_time)
{
  ++frames_;
  if (GST_CLOCK_STIME_IS_VALID (running_time)) {
    time_ = running_time;
    if (!GST_CLOCK_STIME_IS_VALID (first_time_))
      first_time_ = running_time;
  }
  const std::optional<RecordedNumber> own = recorded_number_of (frame);
  is_left_out_ = !own;
  any_ = any_ || own;
  if (own)
    current_ = own;
  return current_;
}

bool RecordedNumbers::are_missing () const
{
  if (!none_seen ())
    return false;
  return GST_CLOCK_STIME_IS_VALID (time_) ? time_ - first_time_ >= kPatience
                                          : frames_ >= kFramesOfPatience;
}

}  // namespace numpro
