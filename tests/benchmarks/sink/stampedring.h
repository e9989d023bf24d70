/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

#include "tests/benchmarks/framekind.h"

namespace numpro::bench {

/** Sends frames through numproverlay, which numbers them from 100 on. @return nothing, after saying
 *  why on stderr, when it cannot */
std::vector<BufferPtr> stamp (std::vector<BufferPtr> frames, const FrameKind &kind);

/**
 * Frames with numbers on them, used in turn, again and again.
 *
 * There are more of them than fit in the processor's cache: a camera's frames are not there either.
 */
class StampedRing
{
 public:
  static constexpr std::size_t kBytes = 96 * 1024 * 1024;

  /** @param bytes of all frames, at least */
  explicit StampedRing (const FrameKind &kind, std::size_t bytes = kBytes);

  /** Whether there are frames. */
  explicit operator bool () const { return !frames_.empty (); }

  /** All of them, still the ring's. */
  std::vector<GstBuffer *> frames () const;

  /** The next frame that nobody holds; it stays the ring's, and goes with a reference for whoever
   *  gets it. @return null when all are held */
  GstBuffer *next (GstClockTime pts, guint64 slot);

 private:
  std::vector<BufferPtr> frames_;
  std::size_t next_ = 0;
};

}  // namespace numpro::bench
