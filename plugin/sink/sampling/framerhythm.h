/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <array>

namespace numpro {

/**
 * How far frames are apart, as the last ones came: the median, which a hole or a lost frame does
 * not change, and which follows a stream that becomes slower or faster within three frames.
 */
class FrameRhythm
{
 public:
  /** So many frames of another rhythm are followed. */
  static constexpr std::size_t kFramesToFollow = 3;

  /**
   * @param expected interval in ns, which stands in until enough frames have come;
   *   GST_CLOCK_TIME_NONE where none is expected
   */
  explicit FrameRhythm (GstClockTime expected = GST_CLOCK_TIME_NONE)
      : shortest_ (GST_CLOCK_TIME_IS_VALID (expected) ? expected / 5 * 3 : 0), interval_ (expected)
  {
  }

  /** What comes does not follow what was, but in the same rhythm. */
  void reset () { last_ = GST_CLOCK_TIME_NONE; }

  /** A frame has come. @param time of the frame in ns */
  void note (GstClockTime time);

  /**
   * In ns, and no less than three fifths of what is expected; GST_CLOCK_TIME_NONE as long as it is
   * not known.
   */
  GstClockTime interval () const { return interval_; }

 private:
  static constexpr std::size_t kIntervals = 2 * kFramesToFollow - 1;

  // Of few intervals that jitter by two fifths the median may be next to nothing.
  GstClockTime shortest_;
  GstClockTime interval_;
  GstClockTime last_ = GST_CLOCK_TIME_NONE;
  std::array<GstClockTime, kIntervals> intervals_ = {};  // the last ones
  std::size_t noted_ = 0;
};

}  // namespace numpro
