/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "picture.h"

namespace reader {

/** What people call by the name of a colour: a part of hue, saturation and value. */
struct NamedColor {
  std::string_view name;
  Rgb pure;             /**< as a stamp's ink */
  int hue_from, hue_to; /**< degrees; beyond 360 it goes on at 0 */
  float saturation_from, saturation_to;
  float value_from, value_to;

  bool covers (Rgb pixel) const;
};

inline constexpr std::size_t kNamedColors = 13;

const std::array<NamedColor, kNamedColors> &named_colors ();

/** The index of a colour in named_colors(), by its name or another word for it. */
std::optional<std::size_t> find_named_color (std::string_view word);

}  // namespace reader
