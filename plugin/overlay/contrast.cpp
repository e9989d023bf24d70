/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "contrast.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace numpro {

namespace {

constexpr int kSteps = 256;

// Light per value, at so many values: between them it is as good as straight. A
// ground takes hundreds of them, and powers would take longer than all the rest.
const std::array<double, kSteps + 1> &linear_values ()
{
  static const auto values = [] {
    std::array<double, kSteps + 1> table;
    for (int i = 0; i <= kSteps; ++i)
      table[i] = srgb_to_light (static_cast<double> (i) / kSteps);
    return table;
  }();
  return values;
}

double linear (double value)
{
  const double at = std::clamp (value, 0.0, 1.0) * kSteps;
  const int below = std::min (static_cast<int> (at), kSteps - 1);
  const std::array<double, kSteps + 1> &values = linear_values ();
  return values[below] + (values[below + 1] - values[below]) * (at - below);
}

}  // namespace

double relative_luminance (const Rgb &color)
{
  return 0.2126 * linear (color[0]) + 0.7152 * linear (color[1]) + 0.0722 * linear (color[2]);
}

double contrast (const Rgb &one, const Rgb &other)
{
  return contrast (relative_luminance (one), relative_luminance (other));
}

double chroma_distance (const Rgb &one, const Rgb &other)
{
  // Of BT.601, as most of what looks at colours does.
  const Rgb d = {one[0] - other[0], one[1] - other[1], one[2] - other[2]};
  const double luma = 0.299 * d[0] + 0.587 * d[1] + 0.114 * d[2];
  return std::hypot ((d[2] - luma) / 1.772, (d[0] - luma) / 1.402);
}

Rgb blend (const Rgb &color, double opacity, const Rgb &below)
{
  const auto mix = [opacity] (double above, double beneath) {
    return above * opacity + beneath * (1 - opacity);
  };
  return {mix (color[0], below[0]), mix (color[1], below[1]), mix (color[2], below[2])};
}

}  // namespace numpro
