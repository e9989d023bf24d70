/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamplook.h"

#include <glib.h>

#include <optional>
#include <string>

#include "namedcolor.h"
#include "tokenizer.h"

namespace reader {

namespace {

std::optional<Rgb> color_of (const std::string &word)
{
  unsigned r = 0, g = 0, b = 0;
  if (word.size () == 7 && std::sscanf (word.c_str (), "#%2x%2x%2x", &r, &g, &b) == 3)
    return Rgb{static_cast<std::uint8_t> (r), static_cast<std::uint8_t> (g),
               static_cast<std::uint8_t> (b)};
  // As an ink, lime is not the green of CSS.
  if (word == "lime")
    return Rgb{0, 255, 0};
  if (const auto named = find_named_color (word))
    return named_colors ()[*named].pure;
  return std::nullopt;
}

}  // namespace

void StampLook::read (std::string_view sentence)
{
  bool centered = false, horizontal_said = false, vertical_said = false;
  for (const std::string &word : words_of (sentence)) {
    if (const auto color = color_of (word))
      ink = *color;
    if (word == "left" || word == "right") {
      horizontal = word == "left" ? Horizontal::kLeft : Horizontal::kRight;
      horizontal_said = true;
    }
    if (word == "top" || word == "upper" || word == "bottom" || word == "lower") {
      vertical = word == "top" || word == "upper" ? Vertical::kTop : Vertical::kBottom;
      vertical_said = true;
    }
    centered = centered || word == "center" || word == "centre" || word == "middle";
  }
  if (centered && !horizontal_said)
    horizontal = Horizontal::kCenter;
  if (centered && !vertical_said)
    vertical = Vertical::kCenter;
}

}  // namespace reader
