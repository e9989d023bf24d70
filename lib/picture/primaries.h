/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include "transfer.h"

namespace numpro {

/** What becomes of red, green and blue light; a row for each that it becomes. */
using RgbMatrix = std::array<Rgb, 3>;

Rgb operator* (const RgbMatrix &matrix, const Rgb &rgb);

/** The shares of red, green and blue light in luminance. */
Rgb luminance_weights (GstVideoColorPrimaries primaries);

/**
 * From light of some primaries to that of others, in which white is white, also where the whites
 * are not the same light. Unknown ones are taken for those of
 * BT.2020, which is what BT.2100 has: so this is for pictures of high dynamic range.
 */
RgbMatrix convert_primaries (GstVideoColorPrimaries from, GstVideoColorPrimaries to);

}  // namespace numpro
