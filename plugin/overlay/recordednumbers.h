/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>

#include "lib/recording/recordednumber.h"

namespace numpro {

/** Whether the recording shows the number of a frame already, or its time in place of it. */
inline bool is_drawn (const RecordedNumber &number)
{
  return number.meta.look.stamp != GST_NUMPRO_STAMP_NONE;
}

/**
 * The number that numproseiinserter wrote to an access unit, as decoders hand it on: of several
 * messages the last one.
 */
std::optional<RecordedNumber> recorded_number_of (GstBuffer *frame);

/** Follows the numbers that a recording has for its frames. */
class RecordedNumbers
{
 public:
  /** What comes does not follow what was: a frame without a number has no one's. */
  void forget () { current_.reset (); }

  /**
   * The number of the frame that came; of one that has none of its own, that of the frame before.
   *
   * @param running_time of the frame in ns; GST_CLOCK_STIME_NONE when unknown
   * @return none where there is none before either
   */
  const std::optional<RecordedNumber> &next (GstBuffer *frame, GstClockTimeDiff running_time);

  /** Whether the last frame had no number of its own. */
  bool is_left_out () const { return is_left_out_; }

  /** Whether no frame had one, and enough have come for the recording to be one without numbers. */
  bool are_missing () const;

  /** Whether frames have come, and none had a number. */
  bool none_seen () const { return frames_ > 0 && !any_; }

 private:
  std::optional<RecordedNumber> current_;
  guint64 frames_ = 0;
  bool any_ = false;
  bool is_left_out_ = false;
  GstClockTimeDiff first_time_ = GST_CLOCK_STIME_NONE, time_ = GST_CLOCK_STIME_NONE;
};

}  // namespace numpro
