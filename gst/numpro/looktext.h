/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "look.h"

namespace numpro {

/** Red and bottom right: found to be read best and to hide least (arXiv 2411.10332, 3.3). */
inline constexpr GstNumproLook kPaperLook = {
    0xffff0000, GST_NUMPRO_HALIGN_RIGHT, GST_NUMPRO_VALIGN_BOTTOM, GST_NUMPRO_STAMP_NUMBER, {}};

/** "red" where a colour has a plain name, else "#rrggbb"; opacity is left out. */
std::string color_to_string (guint32 argb);

/** The opaque colour that color_to_string() wrote. */
std::optional<guint32> color_from_string (std::string_view text);

/** "bottom-right", "top-center", ...; "center" for the middle. */
std::string position_to_string (const GstNumproLook &look);

/** Sets the place that position_to_string() wrote. @return false where there is no such place */
bool position_from_string (std::string_view text, GstNumproLook &look);

}  // namespace numpro
