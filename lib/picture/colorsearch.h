/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "picture.h"

namespace numpro {

/** Part of a picture by its edges in pixels; may lie outside the picture. */
struct PictureArea {
  double left = 0, top = 0, right = 0, bottom = 0;
};

/** Pixels of a part of a picture that are near a colour. */
struct ColorFound {
  int pixels = 0;
  PictureArea around; /**< them all; empty where there are none */
};

/** What strokes are left with when a picture is made small, compressed, and shares its chroma. */
enum class Strokes {
  kThick, /**< half of their colour, which people would not take for another one */
  kThin,  /**< a seventh: strokes of less than a pixel are mixed with what lies around them */
};

/**
 * Looks for a colour in a part of a picture.
 *
 * @param argb 0xAARRGGBB; the less opaque it is, the more other colours may have come of it
 * @param strokes that are looked for
 */
ColorFound find_color (const Picture &picture, guint32 argb, const PictureArea &area,
                       Strokes strokes);

}  // namespace numpro
