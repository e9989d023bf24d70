/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "plugin/sink/batching/outgoingbatch.h"

namespace numpro {

/**
 * Bundles whose questions have no answer yet, to be asked again, the oldest first: those of earlier
 * processes, and those whose questions were postponed. What is not taken from it stays on the disk.
 * Thread-safe.
 */
class UnansweredBundles
{
 public:
  /** A batch, read from the disk. */
  struct Taken {
    OutgoingBatchPtr batch; /**< null when there is none any more */
    guint failures = 0;     /**< as postpone() was told */
  };

  /**
   * Looks which bundles there are.
   *
   * @param dir outlives this
   * @param events told of bundles that cannot be read
   */
  UnansweredBundles (GstNumproBundleDir *dir, std::shared_ptr<Accounting> accounting,
                     EventsPtr events);

  /** The next one. */
  Taken take ();

  /**
   * A question is to be asked again; its bundle is on the disk, or will be.
   *
   * @param numbers of the samples that it is about
   * @param failures of it that are its own, and not because of the server
   */
  void postpone (guint64 batch, std::vector<guint64> numbers, PendingQuestion question,
                 guint failures);

  bool is_empty () const;

  /** Questions that were postponed, and not taken since. */
  guint64 postponed () const;

  /** None is taken any more: the postponed questions are lost. */
  void give_up ();

 private:
  /** What is open of a batch. */
  struct Open {
    std::vector<PendingQuestion> questions;  // postponed; none of earlier processes
    std::vector<guint64> numbers;            // of the samples that these are about
    guint failures = 0;
  };

  OutgoingBatchPtr read (guint64 batch, Open &open, GError **error) const;
  OutgoingBatchPtr read_found (GstNumproBundle *bundle, GError **error) const;
  void lose (guint64 batch, Open open, LossReason reason, const std::string &sentence);

  GstNumproBundleDir *const dir_;
  const std::shared_ptr<Accounting> accounting_;
  const EventsPtr events_;
  mutable std::mutex mutex_;
  std::map<guint64, Open> open_;  // by number of the batch
  // The asker's: the last bundle of a postponed question was gone, most likely because of
  // max-bundles. Then all that are older are, and one warning will do.
  bool is_losing_ = false;
};

}  // namespace numpro
