/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "lib/model/modelclient.h"
#include "outlet.h"
#include "unansweredbundles.h"

namespace numpro {

/** What a question is lost for. */
LossReason reason_of (AskFailure failure);

/**
 * Asks a model about batches. One thread hands questions to the client, as many as it has under way
 * at once; another one writes and tells what came of them.
 */
class ModelOutlet final : public Outlet
{
 public:
  /**
   * @param dir where answers are written to beside their bundles, is shared; null = nowhere
   * @param resumes whether to ask what earlier processes left unanswered there
   * @param is_held whether nothing is asked before release()
   */
  ModelOutlet (std::size_t capacity, const ModelOptions &options,
               std::shared_ptr<Accounting> accounting, GstNumproBundleDir *dir, bool resumes,
               EventsPtr events, bool is_held = false);
  ~ModelOutlet () override;

  bool wants (const OutgoingBatch &batch) const override { return !batch.prompts ().empty (); }
  bool drain (std::chrono::nanoseconds timeout) override;
  void start_flush () override;
  void stop_flush () override;
  void stop () override;

  /** Questions may be asked from now on. From any thread. */
  void release ();

 private:
  /** A batch that is being asked about. */
  struct AskedBatch {
    OutgoingBatchPtr batch;
    bool is_resumed = false;    // from the disk, not from the queue
    std::size_t unsettled = 0;  // questions
    bool is_answered = false;   // one of them, at least
  };

  /** What came of a question. */
  struct Outcome {
    std::shared_ptr<AskedBatch> asked;
    std::size_t question;  // among those of its batch
    AskResult result;
  };

  void hand_over (std::stop_token stop);
  AskedBatch next (std::stop_token stop);
  bool wait_for_turn (std::stop_token stop);
  void ask (const std::shared_ptr<AskedBatch> &asked, std::size_t question);
  void finish (Outcome outcome);

  void settle_all ();
  void settle (Outcome outcome);
  void settle_batch (std::shared_ptr<AskedBatch> asked);
  std::string write (OutgoingBatch &batch, const PendingQuestion &question,
                     const AskResult &result);
  void lose (OutgoingBatchPtr batch, LossReason reason, const std::string &sentence) override;
  void lose_question (GstNumproLedger *ledger, PendingQuestion &question, LossReason reason,
                      const std::string &sentence);
  bool is_giving_up () const;
  void wait_until_settled ();

  const std::shared_ptr<Accounting> accounting_;
  const BundleDirPtr dir_;
  const guint max_in_flight_;
  std::optional<UnansweredBundles> unanswered_;  // the asker's; none where nothing is left

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  guint in_flight_ = 0;       // questions that the client has
  bool is_held_;              // nothing is asked yet
  bool is_flushing_ = false;  // nothing is asked now
  bool is_resuming_ = false;  // something is left on the disk

  BoundedQueue<Outcome> outcomes_;
  ModelClient client_;
  std::jthread asker_;
  std::thread settler_;
};

}  // namespace numpro
