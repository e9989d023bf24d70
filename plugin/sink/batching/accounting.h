/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <mutex>

#include "lib/base/published.h"

namespace numpro {

/** What becomes of frames, samples, batches and questions, in numbers. */
struct Counts {
  guint64 frames = 0;          /**< seen */
  guint64 samples = 0;         /**< taken out of them */
  guint64 delivered = 0;       /**< samples in a batch that an outlet took */
  guint64 samples_dropped = 0; /**< samples that no outlet will get */
  guint64 waiting = 0;         /**< samples in between */
  guint64 batches = 0;         /**< formed */

  guint64 questions = 0;    /**< one for each batch and what is asked about it */
  guint64 answered = 0;     /**< with whatever answer */
  guint64 failed = 0;       /**< asked in vain */
  guint64 dropped = 0;      /**< given up before they were */
  guint64 pending = 0;      /**< in between */
  guint64 retries = 0;      /**< requests that were sent again */
  guint64 parts = 0;        /**< that batches were asked about in, where they were split */
  guint64 restatements = 0; /**< answers that the model was asked back about */
  guint64 bytes_sent = 0;   /**< bodies of requests */

  /** The element's property `stats`, owned by the caller. */
  GstStructure *to_structure () const;
};

/**
 * Keeps the counts. Thread-safe.
 *
 * At every instant samples = delivered + samples_dropped + waiting and questions = answered +
 * failed + dropped + pending, in any thread's view: each change is one step, and counts are read
 * together.
 */
class Accounting
{
 public:
  /** Makes one step. @param change a function of Counts & that changes what it counts */
  template <typename Change>
  void count (Change change)
  {
    std::lock_guard lock (mutex_);
    change (counts_);
  }

  /** The streaming thread's only: most frames are no samples, and are to cost nothing. */
  void count_frame () { ++frames_; }

  Counts counts () const
  {
    std::lock_guard lock (mutex_);
    Counts counts = counts_;
    // After the samples, which were frames before.
    counts.frames = frames_.load ();
    return counts;
  }

 private:
  mutable std::mutex mutex_;
  Counts counts_;  // but for frames
  Published<guint64> frames_;
};

}  // namespace numpro
