/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <mutex>
#include <vector>

#include "plugin/sink/sampling/sampledframe.h"

namespace numpro {

/** The recent past: samples that may be asked about though their batch is gone. Thread-safe. */
class History
{
 public:
  /**
   * @param length of running time in ns that is kept; 0 = nothing is
   * @param max_gap as that of WindowOptions
   */
  History (GstClockTime length, GstClockTime max_gap) : length_ (length), max_gap_ (max_gap) {}

  bool is_kept () const { return length_ > 0; }

  /** Adds the newest sample, which has a JPEG. One whose times are not known is not kept. */
  void add (const SampledFrame &frame);

  /** The stream ends. @param end as that of settle_times() */
  void set_stream_end (const StreamEnd &end);

  /** Forgets everything: what comes next is another stretch of time. */
  void clear ();

  /**
   * The samples that were to be seen between two instants.
   *
   * @param from, to stream time in ns; @a to is not part of it
   * @return consecutive samples; where numbers start again in between, or there is a hole that no
   *   batch has, those of the last run
   */
  std::vector<SampledFramePtr> find (GstClockTime from, GstClockTime to) const;

  /** As that of settle_times(). */
  StreamEnd stream_end () const;

 private:
  std::vector<SampledFramePtr> find_all (GstClockTime from, GstClockTime to) const;

  const GstClockTime length_;
  const GstClockTime max_gap_;
  mutable std::mutex mutex_;
  std::deque<SampledFramePtr> frames_;
  StreamEnd stream_end_;
};

}  // namespace numpro
