/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <compare>
#include <string_view>

#include "picture.h"

namespace reader {

/** What numbers look like and where they are, as far as the prompt says so. */
struct StampLook {
  enum class Horizontal { kLeft, kCenter, kRight };
  enum class Vertical { kTop, kCenter, kBottom };

  Rgb ink{255, 0, 0};
  Horizontal horizontal = Horizontal::kRight;
  Vertical vertical = Vertical::kBottom;

  /**
   * Takes over what a sentence says, such as "The red numbers on each frame represent the frame
   * number." or "The #ff8000 numbers at the top left ...".
   */
  void read (std::string_view sentence);
};

}  // namespace reader
