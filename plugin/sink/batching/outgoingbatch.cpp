/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outgoingbatch.h"

namespace numpro {

OutgoingBatch::OutgoingBatch (const std::shared_ptr<Accounting> &accounting, BatchPtr batch,
                              std::vector<PromptPtr> prompts,
                              std::vector<SampleAccountPtr> accounts)
    : batch_ (std::move (batch)), prompts_ (std::move (prompts)), accounts_ (std::move (accounts))
{
  for (std::size_t i = 0; i < prompts_.size (); ++i) {
    if (prompts_[i])
      questions_.emplace_back (accounting, prompts_[i].get (), static_cast<guint> (i));
  }
}

void OutgoingBatch::mark_delivered () const
{
  for (const SampleAccountPtr &account : accounts_)
    account->mark_delivered ();
}

void OutgoingBatch::blame (const LossReportPtr &report) const
{
  for (const SampleAccountPtr &account : accounts_)
    account->blame (report);
}

void OutgoingBatch::set_location (std::string location)
{
  std::lock_guard lock (mutex_);
  if (!location_)
    location_ = std::move (location);
  known_.notify_all ();
}

std::optional<std::string> OutgoingBatch::wait_for_location (std::chrono::nanoseconds timeout)
{
  std::unique_lock lock (mutex_);
  known_.wait_for (lock, timeout, [&] { return location_.has_value (); });
  return location_;
}

}  // namespace numpro
