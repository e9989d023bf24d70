/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>

#include "lib/base/periodgrid.h"
#include "lib/base/property.h"

namespace numpro {

/** How buffers get their numbers. */
struct NumberingOptions {
  enum class Mode {
    kCount,    /**< start + floor(buffers / every) */
    kTime,     /**< start + floor(running time x rate), as PeriodGrid has it */
    kRecorded, /**< as the recording has them; nothing of this is needed */
  };

  Mode mode;
  guint64 start; /**< first number */
  guint64 wrap;  /**< numbers are drawn modulo this; 0 never wraps */
  guint every;   /**< buffers per number, kCount; more than 0 */
  Fraction rate; /**< numbers per second of running time, kTime; more than 0 */
};

/** The stretch of time during which one number is shown. */
struct Slot {
  guint64 number = 0;                          /**< as drawn */
  guint64 slot = 0;                            /**< before wrap */
  GstClockTime start = GST_CLOCK_TIME_NONE;    /**< nominal, running time in ns */
  GstClockTime duration = GST_CLOCK_TIME_NONE; /**< nominal, ns */
};

/**
 * Counts buffers: says which number the next one gets. Numbers go on, whatever becomes of times,
 * until reset().
 */
class Numbering
{
 public:
  /** Why times may be others than those before. */
  enum class Break {
    kNone,
    kSegment, /**< a new segment */
    kFlush,   /**< with which running time starts again */
  };

  explicit Numbering (const NumberingOptions &options) : options_ (options) {}

  /** The next buffer gets the first number again. */
  void reset ();

  /** What comes may be of another time line. */
  void note (Break time_line);

  /**
   * The slot of the next buffer.
   *
   * @param running_time of the buffer in ns, GST_CLOCK_STIME_NONE when unknown: where numbers
   * follow time it has that of the buffer before. Before zero (a buffer outside its segment) counts
   * as zero.
   * @param frame_duration in ns, GST_CLOCK_TIME_NONE when unknown
   * @return nothing when numbers follow time, and no time was known yet
   */
  std::optional<Slot> next (GstClockTimeDiff running_time, GstClockTime frame_duration);

  /** Time lines that numbers followed since reset(). */
  guint time_lines () const { return time_lines_; }

 private:
  // A stretch of running time that numbers follow.
  struct TimeLine {
    GstClockTime origin;  // running time at which its first slot begins
    guint64 first_slot;
    PeriodGrid periods;
    GstClockTime time;  // latest of its buffers; the origin before the first one
    Slot slot;          // of its last buffer, none drawn
  };

  Slot next_by_count (GstClockTime running_time, GstClockTime frame_duration);
  std::optional<Slot> next_by_time (GstClockTime running_time, GstClockTime frame_duration);
  bool is_on_time_line (GstClockTime running_time);
  bool is_in_order (GstClockTime running_time, std::optional<GstClockTime> fallen_to);
  void begin_time_line (GstClockTime origin, guint64 first_slot);
  Slot slot_at (GstClockTime running_time, GstClockTime frame_duration);

  NumberingOptions options_;

  // kCount
  guint64 slot_ = 0;
  guint seen_in_slot_ = 0;
  GstClockTime slot_start_ = GST_CLOCK_TIME_NONE;
  GstClockTime frame_duration_ = GST_CLOCK_TIME_NONE;  // of the last buffer

  // kTime
  bool was_reset_ = false;
  Break break_ = Break::kNone;  // since the last buffer
  guint time_lines_ = 0;
  std::optional<TimeLine> time_line_;      // none until the first buffer has come
  std::optional<TimeLine> left_;           // that the last buffer left for times far ahead
  std::optional<GstClockTime> fallen_to_;  // by the last buffer
  guint behind_ = 0;                       // buffers since the latest one that are before it
};

}  // namespace numpro
