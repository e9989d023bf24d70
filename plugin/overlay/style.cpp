/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "style.h"

#include <cmath>

#include "lib/picture/showncolor.h"

namespace numpro {

namespace {

constexpr guint kWhite = 0xffffffff, kBlack = 0xff000000;

// Pixels of a frame of the reference height: a twentieth of the default font size, half of what a
// stem is wide. White on black has a contrast of 4.6 to 1 at least with whatever lies around.
constexpr double kGreyOutlineWidth = 2;

double opacity_of (guint32 argb)
{
  return (argb >> 24) / 255.0;
}

}  // namespace

Style Style::on (const GstVideoInfo &info) const
{
  Style style = *this;
  if (is_color_chosen || !is_grey (info.finfo))
    return style;
  style.color = kWhite;
  if (style.outline_colors ().empty ()) {
    style.outline_color = kBlack;
    style.outline_width = kGreyOutlineWidth;
  }
  return style;
}

guint32 Style::digit_color () const
{
  const std::vector<guint32> outlines = outline_colors ();
  const guint32 outline = outlines.empty () ? 0 : outlines.front ();
  const double above = opacity_of (color);
  const double below = opacity_of (outline) * (1 - above);
  const auto alpha = static_cast<guint32> (std::lround (255 * (above + below)));
  if (alpha == 0)
    return 0;
  guint32 mixed = alpha << 24;
  for (int shift : {16, 8, 0}) {
    const double value =
        (above * (color >> shift & 0xff) + below * (outline >> shift & 0xff)) / (above + below);
    mixed |= static_cast<guint32> (std::lround (value)) << shift;
  }
  return mixed;
}

}  // namespace numpro
