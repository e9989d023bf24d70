/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/owned.h"

namespace numpro {

/** A batch, what is to be asked about it, and where it is on disk: what its outlets share. */
class Dossier
{
 public:
  /** @param prompts null where there is an answer already */
  explicit Dossier (BatchPtr batch, std::vector<PromptPtr> prompts = {})
      : batch_ (std::move (batch)), prompts_ (std::move (prompts))
  {
  }

  GstNumproBatch *batch () const { return batch_.get (); }
  GstNumproLedger *ledger () const { return gst_numpro_batch_get_ledger (batch ()); }
  guint64 number () const { return gst_numpro_ledger_get_batch (ledger ()); }
  const std::vector<PromptPtr> &prompts () const { return prompts_; }

  /** It is known whether there is a bundle. @param bundle its directory; empty when there is none
   */
  void set_bundle (std::string bundle)
  {
    std::lock_guard lock (mutex_);
    if (!bundle_)
      bundle_ = std::move (bundle);
    known_.notify_all ();
  }

  /** Waits until it is known. @return none when it is not in time */
  std::optional<std::string> wait_for_bundle (std::chrono::nanoseconds timeout)
  {
    std::unique_lock lock (mutex_);
    known_.wait_for (lock, timeout, [&] { return bundle_.has_value (); });
    return bundle_;
  }

 private:
  BatchPtr batch_;
  std::vector<PromptPtr> prompts_;
  std::mutex mutex_;
  std::condition_variable known_;
  std::optional<std::string> bundle_;
};

using DossierPtr = std::shared_ptr<Dossier>;

}  // namespace numpro
