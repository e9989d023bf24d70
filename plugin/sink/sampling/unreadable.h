/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "lib/picture/frameshape.h"

namespace numpro {

/** Why models cannot read the numbers on frames, or may not. */
enum class UnreadableReason {
  kNotDrawn, /**< nothing is drawn on them */
  kTime,     /**< they show their time instead */
  kCut,      /**< numbers reach over the edge of the frame that they were drawn on */
  kCropped,  /**< frames were cropped, padded or turned since, and show none */
  kPartly,   /**< a part of them was cropped away or is covered */
  kTurned,   /**< frames were turned since, and show them otherwise than upright */
  kCovered,  /**< nothing of their colour is where they were drawn */
  kSmall,    /**< digits are smaller than any that models are known to read */
};

/** How digits are seen that do not stand upright. */
enum class Turned { kSideways, kUpsideDown, kMirrored };

/** The numbers on frames are not such that models read them. */
struct Unreadable {
  /**
   * Height of a digit in the image that is sent from which on models are expected to read it, in
   * pixels. NumPro (arXiv 2411.10332, table 3) tried fonts of 20 pixels and more at 336x336, whose
   * digits are 15 high: with 20 Qwen2-VL-7B lost 3.9 of the 38.5 mIoU that it has with 40, and
   * nobody tried less. It is also the edge of the patches that Qwen3-VL sees images in (14 with
   * Qwen2-VL and Qwen2.5-VL).
   */
  static constexpr double kLeastDigitHeight = 16;

  UnreadableReason reason{};
  double digit_height = 0;       /**< kSmall: in the image that is sent, in pixels */
  bool is_scaled_down = false;   /**< kSmall: whether images are smaller than frames */
  FrameShape drawn_on, received; /**< kCropped, kPartly: the frames then and now */
  Turned turned{};               /**< kTurned */

  /** The word for the reason in logs. */
  const char *nick () const;

  /** What is wrong, what is done about it, and what helps. */
  std::string sentence () const;
};

}  // namespace numpro
