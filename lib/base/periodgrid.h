/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <array>

#include "property.h"

namespace numpro {

/**
 * Which period of a rate each frame of a stream is in: period k begins k periods after time zero.
 *
 * Where frames come less or more often than periods a frame is in the period that its time lies in.
 * Where they come as often, to a twentieth, the times of a source that jitters would put two frames
 * into one period and none into the next: there each frame is in the period after that of the frame
 * before, as long as its time is at most kReach periods before the begin of that period, or after
 * its end.
 *
 * Why that gives each frame a period of its own: let frame i come at i + a + e(i), in periods, with
 * |e(i)| <= 2/5. The first frame is in the period that its time lies in, so that frame 0 comes
 * between 0 and 1 after the begin of its period, and its time without e(0) is m = -2/5 to 7/5 after
 * it. Frame i then comes m + e(i), -4/5 to 9/5, after the begin of the first frame's period + i.
 * All of that is within kReach = 9/10, and there is a tenth to spare for times that are rounded,
 * and for a first frame that is taken to be meant a little later.
 * Two frames are less than 9/5 apart, so that none is taken for one after a hole.
 *
 * If the source is slower or faster than the rate by a little, m grows or falls slowly. It grows
 * until m + e(i) comes to 19/10, with m at 3/2 or more. A period is then left out, and m is smaller
 * by 1, at 1/2 or more. The next one is left out after m has grown to 3/2 again, and none has two
 * frames, for which m would have to be below -1/2. The other way round it is the same.
 */
class PeriodGrid
{
 public:
  /** @param rate periods per second; more than 0 */
  explicit PeriodGrid (Fraction rate) : rate_ (rate) {}

  /** What comes does not follow what was; how often frames come is kept. */
  void restart ();

  /**
   * The period of the next frame; of one with the time of the frame before, the same.
   *
   * @param time of the frame, in ns
   * @param frame_duration in ns, as the stream promises it; GST_CLOCK_TIME_NONE when unknown
   */
  guint64 next (GstClockTime time, GstClockTime frame_duration);

  /** When a period begins, in ns. */
  GstClockTime begin_of (guint64 period) const;

  /**
   * From when on, in ns, a frame is in another period than the last one; GST_CLOCK_TIME_NONE before
   * the first one.
   */
  GstClockTime due () const;

 private:
  guint64 period_at (GstClockTime time) const;
  GstClockTime periods (guint64 tenths) const;
  bool follows (GstClockTime time) const;
  GstClockTime last_time () const;
  bool is_as_often (GstClockTime time, guint64 frames, guint64 jitter) const;
  void note (GstClockTime time);

  // In tenths of a period: how far a frame may lie outside its period.
  static constexpr guint64 kReach = 9;
  // Frames that are looked at to see whether they come as often as periods, and the fewest that
  // tell.
  static constexpr std::size_t kIntervals = 16, kFewestIntervals = 3;

  Fraction rate_;
  bool has_last_ = false;
  guint64 last_ = 0;  // period
  // Of the frames since the last hole, the time of the newest being at (count_ - 1) % size.
  std::array<GstClockTime, kIntervals + 1> times_ = {};
  std::size_t count_ = 0;
  bool is_learned_ = false;  // whether frames have shown how often they come
  bool is_even_ = false;     // whether frames come as often as periods
};

}  // namespace numpro
