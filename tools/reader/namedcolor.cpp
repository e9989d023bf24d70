/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "namedcolor.h"

#include <algorithm>
#include <cmath>

namespace reader {

namespace {

// Neighbours overlap: what one person calls orange is yellow to another.
constexpr std::array<NamedColor, kNamedColors> kColors = {{
    {"red", {255, 0, 0}, 345, 375, 0.5F, 1, 0.35F, 1},
    {"orange", {255, 165, 0}, 15, 48, 0.5F, 1, 0.6F, 1},
    {"yellow", {255, 255, 0}, 45, 70, 0.4F, 1, 0.5F, 1},
    {"green", {0, 128, 0}, 75, 165, 0.35F, 1, 0.2F, 1},
    {"cyan", {0, 255, 255}, 165, 200, 0.35F, 1, 0.3F, 1},
    {"blue", {0, 0, 255}, 200, 262, 0.35F, 1, 0.25F, 1},
    {"purple", {128, 0, 128}, 258, 320, 0.35F, 1, 0.2F, 1},
    {"magenta", {255, 0, 255}, 285, 342, 0.4F, 1, 0.5F, 1},
    {"pink", {255, 192, 203}, 300, 375, 0.15F, 0.6F, 0.7F, 1},
    {"brown", {165, 42, 42}, 0, 45, 0.4F, 1, 0.2F, 0.65F},
    {"white", {255, 255, 255}, 0, 360, 0, 0.12F, 0.85F, 1},
    {"gray", {128, 128, 128}, 0, 360, 0, 0.15F, 0.2F, 0.85F},
    {"black", {0, 0, 0}, 0, 360, 0, 1, 0, 0.15F},
}};

constexpr struct {
  std::string_view word, name;
} kOtherWords[] = {
    {"grey", "gray"}, {"lime", "green"},     {"violet", "purple"},
    {"aqua", "cyan"}, {"turquoise", "cyan"},
};

struct Hsv {
  float hue, saturation, value;
};

Hsv hsv_of (Rgb pixel)
{
  const float r = pixel.r, g = pixel.g, b = pixel.b;
  const float high = std::max ({r, g, b}), low = std::min ({r, g, b}), chroma = high - low;
  if (chroma == 0)
    return {0, 0, high / 255};
  float sextant;
  if (high == r)
    sextant = std::fmod ((g - b) / chroma + 6, 6.0F);
  else if (high == g)
    sextant = (b - r) / chroma + 2;
  else
    sextant = (r - g) / chroma + 4;
  return {sextant * 60, chroma / high, high / 255};
}

}  // namespace

bool NamedColor::covers (Rgb pixel) const
{
  const Hsv hsv = hsv_of (pixel);
  if (hsv.saturation < saturation_from || hsv.saturation > saturation_to ||
      hsv.value < value_from || hsv.value > value_to)
    return false;
  const auto from = static_cast<float> (hue_from), to = static_cast<float> (hue_to);
  return (hsv.hue >= from && hsv.hue <= to) || hsv.hue + 360 <= to;
}

const std::array<NamedColor, kNamedColors> &named_colors ()
{
  return kColors;
}

std::optional<std::size_t> find_named_color (std::string_view word)
{
  for (const auto &other : kOtherWords) {
    if (other.word == word)
      word = other.name;
  }
  const auto found = std::find_if (kColors.begin (), kColors.end (),
                                   [&] (const NamedColor &color) { return color.name == word; });
  if (found == kColors.end ())
    return std::nullopt;
  return static_cast<std::size_t> (found - kColors.begin ());
}

}  // namespace reader
