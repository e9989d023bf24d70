/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sampleaccount.h"

#include <utility>

namespace numpro {

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

}  // namespace numpro
