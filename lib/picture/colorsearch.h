/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "picture.h"

namespace numpro {

/** Part of a picture by its edges in pixels; may lie outside the picture. */
struct PictureArea {
  double left = 0, top = 0, right = 0, bottom = 0;
};

/**
 * Whether a part of a picture has at least so many pixels near a colour. Near is what scaling,
 * compression and shared chroma leave of thin strokes, and not what people would take for another
 * colour.
 *
 * @param argb 0xAARRGGBB; the less opaque it is, the more other colours may have come of it
 * @param pixels more than 0
 */
bool has_color (const Picture &picture, guint32 argb, const PictureArea &area, double pixels);

}  // namespace numpro
