/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <array>

namespace numpro {

/**
 * How far frames are apart, as the last ones came: the median, which a hole or a lost frame does
 * not change, and which follows a stream that becomes slower or faster within three frames. A
 * stream that becomes much slower is followed with the second interval that is like the first.
 *
 * One long interval may be a hole. A second one that is as long is taken for the new rate: if it
 * were not, each frame would be a batch of its own until the median has followed. A hole hides
 * behind that only if nothing but a single frame parts it from another one of the same length;
 * with the third such interval the median could not tell them from a rate either. Where a second
 * one is much shorter or longer, as when a camera comes back for a moment, the median holds.
 */
class FrameRhythm
{
 public:
  /** So many frames of another rhythm are followed. */
  static constexpr std::size_t kFramesToFollow = 3;

  /**
   * A frame that comes more intervals after the end of the one before is behind a hole. One frame
   * that is lost makes none, nor does jitter.
   */
  static constexpr GstClockTime kLateIntervals = 2;

  /**
   * Whether nothing was shown for too long.
   *
   * @param time in ns
   * @param interval as of interval(); where it is not known nothing is a hole
   */
  static constexpr bool is_hole (GstClockTime time, GstClockTime interval)
  {
    return GST_CLOCK_TIME_IS_VALID (interval) && time > kLateIntervals * interval;
  }

  /**
   * @param expected interval in ns, which stands in until enough frames have come;
   *   GST_CLOCK_TIME_NONE where none is expected
   */
  explicit FrameRhythm (GstClockTime expected = GST_CLOCK_TIME_NONE)
      : shortest_ (GST_CLOCK_TIME_IS_VALID (expected) ? expected / 5 * 3 : 0),
        usual_ (expected),
        interval_ (expected)
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

  GstClockTime slower_interval (GstClockTime newest) const;

  // Of few intervals that jitter by two fifths the median may be next to nothing.
  GstClockTime shortest_;
  GstClockTime usual_;  // the median
  GstClockTime interval_;
  GstClockTime last_ = GST_CLOCK_TIME_NONE;
  std::array<GstClockTime, kIntervals> intervals_ = {};  // the last ones
  std::size_t noted_ = 0;
};

}  // namespace numpro
