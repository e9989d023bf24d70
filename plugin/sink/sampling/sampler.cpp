/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sampler.h"

#include "lib/base/timestamptolerance.h"

namespace numpro {

void Sampler::reset ()
{
  slot_.reset ();
  period_.reset ();
}

bool Sampler::take (guint64 slot, GstClockTime running_time)
{
  if (slot_ == slot)
    return false;
  slot_ = slot;
  if (rate_n_ == 0 || !GST_CLOCK_TIME_IS_VALID (running_time))
    return true;

  // Counted on a grid of running time, not from sample to sample, so that the rate does not drift.
  const guint64 period =
      gst_util_uint64_scale (running_time + kTimestampTolerance, static_cast<guint64> (rate_n_),
                             static_cast<guint64> (rate_d_) * GST_SECOND);
  if (period_ == period)
    return false;
  period_ = period;
  return true;
}

GstClockTime Sampler::due () const
{
  if (!period_)
    return GST_CLOCK_TIME_NONE;
  return gst_util_uint64_scale_ceil (*period_ + 1, static_cast<guint64> (rate_d_) * GST_SECOND,
                                     static_cast<guint64> (rate_n_));
}

}  // namespace numpro
