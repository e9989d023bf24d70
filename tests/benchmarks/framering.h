/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

#include "framekind.h"
#include "lib/base/gstowned.h"

namespace numpro::bench {

/** How an element gets its frames. */
enum class Handling {
  kHandOver, /**< it may draw on them */
  kShare,    /**< someone else holds them too, as after tee */
};

/**
 * Frames that are used in turn, again and again, as those of a buffer pool are.
 *
 * There are more of them than fit in the cache of a core, since a real pipeline's frames come from
 * a camera or decoder and are not waiting there either.
 */
class FrameRing
{
 public:
  static constexpr std::size_t kMinFrames = 8;
  static constexpr std::size_t kMaxFrames = 64;
  static constexpr std::size_t kMinBytes = 8 * 1024 * 1024;

  explicit FrameRing (const FrameKind &kind);

  std::size_t size () const { return frames_.size (); }

  /** The next frame, to be given back before another is taken. */
  BufferPtr take (GstClockTime pts, Handling handling);

  /** @param frame is what the element made of the frame taken */
  void give_back (BufferPtr frame);

  /** Makes the next frame blank. */
  void wipe_next ();

  /** Whether nothing was drawn on a frame since it was wiped. */
  static bool is_blank (GstBuffer *frame);

 private:
  std::vector<BufferPtr> frames_;
  std::size_t next_ = 0;
};

}  // namespace numpro::bench
