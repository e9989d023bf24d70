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
    guint64 lost = 0; /**< postponed questions before it whose bundles cannot be read any more */
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
   * Questions about a batch are to be asked again; its bundle is on the disk, or will be.
   *
   * @param numbers of the samples that it is about
   * @param failures of them that are their own, and not because of the server
   * @param unasked the batch itself where it may still be written, and these are all its questions;
   *   else null
   */
  void postpone (guint64 batch, std::vector<guint64> numbers,
                 std::vector<PendingQuestion> questions, guint failures,
                 const OutgoingBatchPtr &unasked);

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
    std::weak_ptr<OutgoingBatch> unasked;  // while it is written
  };

  OutgoingBatchPtr read (guint64 batch, Open &open, GError **error) const;
  OutgoingBatchPtr read_found (GstNumproBundle *bundle, GError **error) const;
  void lose (guint64 batch, Open open, Lost lost);
  bool is_removed (guint64 batch) const;

  GstNumproBundleDir *const dir_;
  const std::shared_ptr<Accounting> accounting_;
  const EventsPtr events_;
  mutable std::mutex mutex_;
  std::map<guint64, Open> open_;  // by number of the batch
  // The asker's: that a bundle was gone, most likely because of max-bundles. That removes one after
  // the other while a server is away, and one warning will do.
  bool has_told_removed_ = false;
};

}  // namespace numpro
