/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sampler.h"

#include "lib/base/frameorder.h"

namespace numpro {

void Sampler::reset ()
{
  slot_.reset ();
  period_.reset ();
  latest_ = 0;
  behind_ = 0;
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
  if (periods_ && has_time && is_out_of_order (running_time))
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

// Whether a frame comes too late to stand for its period. Where times have started again, that is
// no longer asked of those before.
bool Sampler::is_out_of_order (GstClockTime running_time)
{
  if (running_time >= latest_) {
    behind_ = running_time > latest_ ? 0 : behind_;
    latest_ = running_time;
    return false;
  }
  if (running_time + kOutOfOrder >= latest_ && ++behind_ <= kMostOutOfOrder)
    return true;
  reset ();
  latest_ = running_time;
  return false;
}

GstClockTime Sampler::due () const
{
  return periods_ ? periods_->due () : GST_CLOCK_TIME_NONE;
}

}  // namespace numpro
