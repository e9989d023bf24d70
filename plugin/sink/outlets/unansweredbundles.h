/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "bundlestore.h"
#include "plugin/sink/batching/outgoingbatch.h"

namespace numpro {

/**
 * Bundles of earlier processes whose questions have no answer yet, to be asked again, the oldest
 * first. What is not taken from it stays on the disk. May be used by several threads.
 */
class UnansweredBundles
{
 public:
  /**
   * @param store opened; bundles that come later are not looked at
   * @param events told of bundles that cannot be read
   */
  UnansweredBundles (BundleStore store, std::shared_ptr<Accounting> accounting, EventsPtr events);

  /** The next one, read from the disk. To be followed by done(). @return null at the end */
  OutgoingBatchPtr take ();

  /** What was taken is dealt with. */
  void done ();

  /** Whether there is nothing more to take. */
  bool is_empty () const;

  /** Waits until all is taken and dealt with. @return whether it came to that in time */
  bool wait_until_idle (std::chrono::nanoseconds timeout);

 private:
  std::optional<guint64> next ();
  OutgoingBatchPtr read (guint64 batch) const;

  const BundleStore store_;
  const std::shared_ptr<Accounting> accounting_;
  const EventsPtr events_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<guint64> batches_;
  int out_ = 0;  // taken and not done
};

}  // namespace numpro
