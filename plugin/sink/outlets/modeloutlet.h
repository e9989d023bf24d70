/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>

#include "lib/model/modelclient.h"
#include "outlet.h"
#include "serverpresence.h"
#include "unansweredbundles.h"

namespace numpro {

/** What a question is lost for. */
LossReason reason_of (AskFailure failure);

/**
 * Asks a model about batches. One thread hands questions to the client, as many as it has under way
 * at once; another one writes and tells what came of them. Questions that are not answered because
 * the server is away, and those that there is no room for, wait on the disk until it has time for
 * them, where there is a directory and that is asked for.
 */
class ModelOutlet final : public Outlet
{
 public:
  /**
   * @param dir where answers are written to beside their bundles, is shared; null = nowhere
   * @param resumes whether to ask what is left unanswered there, by earlier processes too
   * @param is_held whether nothing is asked before release()
   */
  ModelOutlet (std::size_t capacity, const ModelOptions &options,
               std::shared_ptr<Accounting> accounting, GstNumproBundleDir *dir, bool resumes,
               EventsPtr events, bool is_held = false);
  ~ModelOutlet () override;

  bool wants (const OutgoingBatch &batch) const override { return !batch.prompts ().empty (); }
  void begin_drain () override;
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
    guint failures = 0;         // of its questions, while the server was there
    std::size_t unsettled = 0;  // questions
    bool is_answered = false;   // one of them, at least
  };

  /** What came of a question. */
  struct Outcome {
    std::shared_ptr<AskedBatch> asked;
    std::size_t question;  // among those of its batch
    AskResult result;
  };

  void note_request (const SentRequest &sent);

  void hand_over (std::stop_token stop);
  AskedBatch next (std::stop_token stop);
  AskedBatch resume ();
  bool wait_for_turn (std::stop_token stop);
  void ask (const std::shared_ptr<AskedBatch> &asked, std::size_t question);
  void finish (Outcome outcome);

  void settle_all ();
  void settle (Outcome outcome);
  void settle (const ServerAbsence &absence);
  void settle_unanswered (AskedBatch &asked, PendingQuestion &question, const AskResult &result);
  bool may_wait (AskedBatch &asked, const AskResult &result);
  void note_presence ();
  void note_pace ();
  void settle_batch (std::shared_ptr<AskedBatch> asked);
  std::string wait_for_location (OutgoingBatch &batch);
  std::string write (OutgoingBatch &batch, const PendingQuestion &question,
                     const AskResult &result);
  void lose (OutgoingBatchPtr batch, Lost lost) override;
  void lose_question (GstNumproLedger *ledger, PendingQuestion &question, LossReason reason,
                      const std::string &sentence);
  void postpone (GstNumproLedger *ledger, std::vector<PendingQuestion> questions, guint failures,
                 const OutgoingBatchPtr &unasked = nullptr);
  bool is_giving_up () const;
  bool may_resume () const;
  void wait_until_settled ();

  const std::size_t capacity_;  // batches
  const std::shared_ptr<Accounting> accounting_;
  const BundleDirPtr dir_;
  const guint max_in_flight_;
  const std::chrono::nanoseconds pause_;         // between attempts at what waits on the disk
  std::optional<UnansweredBundles> unanswered_;  // none where nothing is resumed
  ServerPresence presence_;
  std::atomic<std::size_t> overruns_ = 0;  // that wait on the disk, since all was well
  bool has_told_pace_ = false;             // the settler's

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  guint in_flight_ = 0;                                // questions that the client has
  bool is_held_;                                       // nothing is asked yet
  bool is_flushing_ = false;                           // nothing is asked now
  bool is_resuming_ = false;                           // something is left on the disk
  std::chrono::steady_clock::time_point next_resume_;  // while the server is away

  BoundedQueue<std::variant<Outcome, ServerAbsence>> outcomes_;
  ModelClient client_;
  std::jthread asker_;
  std::thread settler_;
};

}  // namespace numpro
