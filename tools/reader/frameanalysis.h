/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "namedcolor.h"

namespace reader {

/** What was seen on a frame: its number, and how much of it is of which colour. */
struct FrameAnalysis {
  std::uint64_t number = 0;
  std::array<double, kNamedColors> shares{}; /**< parts of the frame, the number left out */
};

/** In the order of their images, which is told only where the numbers themselves are asked for. */
using FrameAnalyses = std::vector<FrameAnalysis>;

}  // namespace reader
