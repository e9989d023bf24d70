/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/owned.h"
#include "pendingquestion.h"
#include "sampleaccount.h"

namespace numpro {

/**
 * A batch on its way out, with what is to be asked about it and where it is on disk. All outlets
 * that want it share it; its samples are dropped when the last one lets go and none has taken it.
 */
class OutgoingBatch
{
 public:
  /**
   * @param prompts what is to be asked; null where there is an answer already
   * @param accounts of its samples; none where it is there for its questions alone: made of the
   *   past, or left unanswered by an earlier process
   */
  OutgoingBatch (const std::shared_ptr<Accounting> &accounting, BatchPtr batch,
                 std::vector<PromptPtr> prompts, std::vector<SampleAccountPtr> accounts = {});

  GstNumproBatch *batch () const { return batch_.get (); }
  GstNumproLedger *ledger () const { return gst_numpro_batch_get_ledger (batch ()); }
  guint64 number () const { return gst_numpro_ledger_get_batch (ledger ()); }
  const std::vector<PromptPtr> &prompts () const { return prompts_; }

  /** What is to be asked, and is not settled yet. The asking outlet's. */
  std::vector<PendingQuestion> &questions () { return questions_; }

  /** Whether it has samples for the application, and is not there for its questions alone. */
  bool is_new () const { return !accounts_.empty (); }

  /** An outlet has taken it to where it was to go. */
  void mark_delivered () const;

  /** Says what its samples are to be told with if they are dropped in the end. */
  void blame (const LossReportPtr &report) const;

  /** It is known whether there is a bundle. @param location its directory; empty if there is none
   */
  void set_location (std::string location);

  /** Waits until it is known. @return none when it is not in time */
  std::optional<std::string> wait_for_location (std::chrono::nanoseconds timeout);

 private:
  const BatchPtr batch_;
  const std::vector<PromptPtr> prompts_;
  const std::vector<SampleAccountPtr> accounts_;
  std::vector<PendingQuestion> questions_;
  std::mutex mutex_;
  std::condition_variable known_;
  std::optional<std::string> location_;
};

using OutgoingBatchPtr = std::shared_ptr<OutgoingBatch>;

}  // namespace numpro
