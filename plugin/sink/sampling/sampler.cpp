/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sampler.h"

namespace numpro {

void Sampler::reset ()
{
  slot_.reset ();
  period_.reset ();
  if (periods_)
    periods_->restart ();
}

bool Sampler::take (guint64 slot, GstClockTime running_time, GstClockTime slot_duration)
{
  if (slot_ == slot)
    return false;
  const bool has_time = GST_CLOCK_TIME_IS_VALID (running_time);
  if (!has_time && period_)
    return false;
  slot_ = slot;
  if (!periods_ || !has_time)
    return true;

  // Counted on a grid of running time, not from sample to sample, so that the rate does not drift.
  const guint64 period = periods_->next (running_time, slot_duration);
  if (period_ == period)
    return false;
  period_ = period;
  return true;
}

GstClockTime Sampler::due () const
{
  return periods_ ? periods_->due () : GST_CLOCK_TIME_NONE;
}

}  // namespace numpro
