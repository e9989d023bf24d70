/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <mutex>

namespace numpro {

/**
 * Keeps account of what becomes of frames, samples and batches.
 *
 * At every instant samples = delivered + samples_dropped + waiting, in any thread's view: each
 * change is one step, and counts are read together.
 */
class Fate
{
 public:
  struct Counts {
    guint64 frames = 0;          /**< seen */
    guint64 samples = 0;         /**< taken out of them */
    guint64 delivered = 0;       /**< samples in a batch that an outlet took */
    guint64 samples_dropped = 0; /**< samples that no outlet will get */
    guint64 waiting = 0;         /**< samples in between */
    guint64 batches = 0;         /**< formed */
  };

  void frame ();
  void sample ();
  void batch ();

  /** Waiting samples have reached an outlet. */
  void delivered (guint64 samples);

  /** Waiting samples will reach none. */
  void dropped (guint64 samples);

  Counts counts () const;

 private:
  mutable std::mutex mutex_;
  Counts counts_;
};

}  // namespace numpro
