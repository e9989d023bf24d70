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
    kCount, /**< start + floor(buffers / every) */
    kTime,  /**< start + floor(running time x rate) */
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

/** Counts buffers: says which number the next one gets. */
class Numbering
{
 public:
  explicit Numbering (const NumberingOptions &options) : options_ (options), periods_ (options.rate)
  {
  }

  /** The next buffer gets the first number again. */
  void reset ();

  /**
   * The slot of the next buffer.
   *
   * @param running_time of the buffer in ns, GST_CLOCK_STIME_NONE when unknown. Before zero (a
   *   buffer outside its segment) counts as zero.
   * @param frame_duration in ns, GST_CLOCK_TIME_NONE when unknown
   * @return nothing when numbers follow time and the time is unknown
   */
  std::optional<Slot> next (GstClockTimeDiff running_time, GstClockTime frame_duration);

 private:
  Slot next_by_count (GstClockTime running_time, GstClockTime frame_duration);
  Slot next_by_time (GstClockTime running_time, GstClockTime frame_duration);

  NumberingOptions options_;

  // kCount
  guint64 slot_ = 0;
  guint seen_in_slot_ = 0;
  GstClockTime slot_start_ = GST_CLOCK_TIME_NONE;

  // kTime
  PeriodGrid periods_;
  // The running time at which slot zero starts; none after a reset, until a buffer comes
  GstClockTime origin_ = 0;
};

}  // namespace numpro
