/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro.h>

#include <optional>

#include "lib/base/periodgrid.h"

namespace numpro {

/** Chooses the frames that stand for numbers: the first one seen with each, at most so often. */
class Sampler
{
 public:
  /** Samples per second of running time at most; 0/1 = every new number. */
  Sampler (gint rate_n, gint rate_d)
  {
    if (rate_n > 0)
      periods_.emplace (Fraction{rate_n, rate_d});
  }

  /** Forgets what it has seen: the next frame is a sample. */
  void reset ();

  /**
   * Whether the next frame is a sample.
   *
   * @param slot of the frame's number
   * @param running_time in ns, GST_CLOCK_TIME_NONE when unknown: then only the number counts,
   * unless other frames have times, as one of those is a better sample
   * @param slot_duration nominal, in ns; GST_CLOCK_TIME_NONE when unknown
   */
  bool take (guint64 slot, GstClockTime running_time,
             GstClockTime slot_duration = GST_CLOCK_TIME_NONE);

  /**
   * Running time in ns from which on a new number is a sample again; GST_CLOCK_TIME_NONE when
   * numbers alone decide.
   */
  GstClockTime due () const;

 private:
  bool is_out_of_order (GstClockTime running_time);

  std::optional<PeriodGrid> periods_;  // of running time; none: numbers alone decide
  std::optional<guint64> slot_;        // last seen
  std::optional<guint64> period_;      // of the last sample
  GstClockTime latest_ = 0;            // running time of a frame
  guint behind_ = 0;                   // frames since then that are before it
};

}  // namespace numpro
