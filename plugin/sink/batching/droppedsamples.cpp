/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "droppedsamples.h"

#include <algorithm>
#include <utility>

namespace numpro {

void DroppedSamples::add (SampleAccountPtr account)
{
  std::lock_guard lock (mutex_);
  if (!report_)
    report_ = std::make_shared<LossReport> (
        events_, Lost{GST_NUMPRO_LOSS_REASON_OVERRUN, "images are not encoded fast enough"});
  account->blame (report_);
  account.reset ();
}

std::optional<std::chrono::nanoseconds> DroppedSamples::time_to_tell () const
{
  constexpr std::chrono::seconds kInterval (1);
  std::lock_guard lock (mutex_);
  if (!report_)
    return std::nullopt;
  if (!told_)
    return std::chrono::nanoseconds::zero ();
  return std::max<std::chrono::nanoseconds> (std::chrono::nanoseconds::zero (),
                                             *told_ + kInterval - Clock::now ());
}

void DroppedSamples::tell ()
{
  LossReportPtr report;
  {
    std::lock_guard lock (mutex_);
    report = std::move (report_);
    if (report)
      told_ = Clock::now ();
  }
  if (report)
    report->tell_rest ();
}

}  // namespace numpro
