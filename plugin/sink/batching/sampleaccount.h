/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <vector>

#include "accounting.h"
#include "lossreport.h"

namespace numpro {

/**
 * What becomes of one sample. Whoever may still bring it to where it is to go holds its account:
 * when the last holder is gone and nobody has delivered it, the sample is dropped.
 */
class SampleAccount
{
 public:
  SampleAccount (std::shared_ptr<Accounting> accounting, guint64 number);
  ~SampleAccount ();
  SampleAccount (const SampleAccount &) = delete;
  SampleAccount &operator= (const SampleAccount &) = delete;

  /** Somebody has brought the sample to where it was to go. */
  void mark_delivered ();

  /** Says what it is to be told with if it is dropped in the end; the last one holds. */
  void blame (LossReportPtr report);

 private:
  const std::shared_ptr<Accounting> accounting_;
  const guint64 number_;
  // Both change under the lock of the accounting.
  bool delivered_ = false;
  LossReportPtr report_;
};

using SampleAccountPtr = std::shared_ptr<SampleAccount>;

/** Gives up accounts, and tells the samples that are dropped by it, if any. */
void drop_samples (std::vector<SampleAccountPtr> accounts, const EventsPtr &events,
                   LossReason reason, const char *sentence);

}  // namespace numpro
