/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <array>
#include <string_view>

#include "numbering.h"

namespace numpro {

/** What is drawn for a slot. */
enum class StampKind {
  kNumber,  /**< 12 */
  kSeconds, /**< 12.0s, the slot's start */
  kClock,   /**< 00:12, or 1:00:12 from an hour on; the slot's start */
};

/** Every character that stamps of a kind are made of, digits first. */
std::string_view stamp_characters (StampKind kind);

/** The text drawn on a frame. Holds its characters itself: making one allocates nothing. */
class StampText
{
 public:
  /** @pre slot.start is valid unless kind is kNumber */
  StampText (StampKind kind, const Slot &slot);

  std::string_view text () const { return {text_.data (), length_}; }

 private:
  // 2^64 has twenty digits; 2^64 ns is 5124095:34:33.
  std::array<char, 24> text_ = {};
  std::size_t length_ = 0;
};

}  // namespace numpro
