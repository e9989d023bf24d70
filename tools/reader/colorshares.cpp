/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "colorshares.h"

#include <algorithm>

namespace reader {

namespace {

constexpr int kStep = 2;  // every other pixel of every other line tells as much

// The colour of digits bleeds into the pixels beside them.
Box with_surroundings (const Box &stamp)
{
  const int margin = std::max (4, stamp.height / 4);
  return {stamp.x - margin, stamp.y - margin, stamp.width + 2 * margin, stamp.height + 2 * margin};
}

}  // namespace

std::array<double, kNamedColors> color_shares (const Picture &picture, const Box &stamp)
{
  const Box hidden = with_surroundings (stamp);
  std::array<double, kNamedColors> shares{};
  double pixels = 0;
  for (int y = 0; y < picture.height (); y += kStep) {
    for (int x = 0; x < picture.width (); x += kStep) {
      if (hidden.contains (x, y))
        continue;
      ++pixels;
      const Rgb pixel = picture.at (x, y);
      for (std::size_t i = 0; i < kNamedColors; ++i)
        shares[i] += named_colors ()[i].covers (pixel);
    }
  }
  for (double &share : shares)
    share /= std::max (pixels, 1.0);
  return shares;
}

}  // namespace reader
