/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sampleaccount.h"

#include <algorithm>
#include <utility>

namespace numpro {

void LossReport::add (guint64 number)
{
  std::lock_guard lock (mutex_);
  loss_.numbers.push_back (number);
}

void LossReport::tell (bool without_numbers)
{
  std::unique_lock lock (mutex_);
  if (loss_.numbers.empty () && !without_numbers)
    return;
  const Lost told = loss_;
  loss_.numbers.clear ();
  lock.unlock ();
  events_->tell (told);
}

SampleAccount::SampleAccount (std::shared_ptr<Accounting> accounting, guint64 number)
    : accounting_ (std::move (accounting)), number_ (number)
{
  accounting_->count ([] (Counts &counts) {
    ++counts.samples;
    ++counts.waiting;
  });
}

SampleAccount::~SampleAccount ()
{
  if (delivered_)
    return;
  if (report_)
    report_->add (number_);
  accounting_->count ([] (Counts &counts) {
    --counts.waiting;
    ++counts.samples_dropped;
  });
}

void SampleAccount::mark_delivered ()
{
  LossReportPtr unneeded;  // which may tell others, and so goes after the lock
  accounting_->count ([&] (Counts &counts) {
    if (std::exchange (delivered_, true))
      return;
    --counts.waiting;
    ++counts.delivered;
    unneeded = std::move (report_);
  });
}

void SampleAccount::blame (LossReportPtr report)
{
  accounting_->count ([&] (Counts &) {
    if (!delivered_)
      report_.swap (report);
  });
}

void drop_samples (std::vector<SampleAccountPtr> accounts, const EventsPtr &events,
                   LossReason reason, const char *sentence)
{
  const auto report = std::make_shared<LossReport> (events, Lost{reason, sentence});
  for (const SampleAccountPtr &account : accounts)
    account->blame (report);
  accounts.clear ();
  report->tell_rest ();
}

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
  std::lock_guard lock (mutex_);
  if (!report_)
    return std::nullopt;
  return std::max<std::chrono::nanoseconds> (std::chrono::nanoseconds::zero (),
                                             next_ - Clock::now ());
}

void DroppedSamples::tell ()
{
  std::unique_lock lock (mutex_);
  const LossReportPtr report = std::move (report_);
  if (!report)
    return;
  next_ = Clock::now () + std::chrono::seconds (1);
  lock.unlock ();
  report->tell_rest ();
}

}  // namespace numpro
