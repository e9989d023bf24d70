/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <memory>
#include <mutex>
#include <vector>

namespace numpro {

struct Loss;

/** A sample that is in batches. It may be in several, and those may leave by several ways. */
class Stake
{
 public:
  explicit Stake (guint64 number) : number_ (number) {}

  guint64 number () const { return number_; }

 private:
  friend class Fate;

  const guint64 number_;
  // The rest is guarded by Fate.
  int holders_ = 0;
  bool delivered_ = false;
  std::shared_ptr<const Loss> cause_;  // why the last batch that was lost was lost
};

using Stakes = std::vector<std::shared_ptr<Stake>>;

/**
 * Keeps account of what becomes of frames, samples, batches and questions.
 *
 * At every instant samples = delivered + samples_dropped + waiting and questions = answered +
 * failed + dropped + pending, in any thread's view: each change is one step, and counts are read
 * together.
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

    guint64 questions = 0;  /**< one for each batch and what is asked about it */
    guint64 answered = 0;   /**< with whatever answer */
    guint64 failed = 0;     /**< asked in vain */
    guint64 dropped = 0;    /**< given up before they were */
    guint64 pending = 0;    /**< in between */
    guint64 retries = 0;    /**< requests that were sent again */
    guint64 bytes_sent = 0; /**< bodies of requests */
  };

  void frame ();
  void sample ();
  void batch ();

  /** Waiting samples, in no batch yet, will be in none. */
  void dropped (guint64 samples);

  /** Somebody more may bring these samples to where they are to go. */
  void hold (const Stakes &stakes);

  /** A holder has brought them there, and lets go. */
  void deliver (const Stakes &stakes);

  /**
   * A holder lets go without having brought them anywhere. Those that nobody else holds and nobody
   * has delivered are lost.
   *
   * @param cause why; null when it just does not need them any more
   * @return what is lost by it: a loss for every cause
   */
  std::vector<Loss> release (const Stakes &stakes, std::shared_ptr<const Loss> cause);

  /** There is a question to be asked. */
  void question ();

  /** What became of a pending question. */
  void answered ();
  void failed ();
  void question_dropped ();

  /** A request is sent. */
  void request (std::size_t bytes, bool is_retry);

  Counts counts () const;

 private:
  mutable std::mutex mutex_;
  Counts counts_;
};

}  // namespace numpro
