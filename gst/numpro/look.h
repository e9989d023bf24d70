/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numbermeta.h>

#include <optional>
#include <string>
#include <string_view>

namespace numpro {

/** "red" where a colour has a plain name, else "#rrggbb"; opacity is left out. */
std::string color_to_string (guint32 argb);

/** The opaque colour that color_to_string() wrote. */
std::optional<guint32> color_from_string (std::string_view text);

/** "bottom-right", "top-center", ...; "center" for the middle. */
std::string position_to_string (GstNumproHAlign halign, GstNumproVAlign valign);

struct Position {
  GstNumproHAlign halign;
  GstNumproVAlign valign;
};

/** The position that position_to_string() wrote. */
std::optional<Position> position_from_string (std::string_view text);

}  // namespace numpro
