/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "lib/picture/transfer.h"

namespace numpro {

// Colours here are as a screen shows them: R'G'B' from 0 to 1, with the transfer function of sRGB.

/** How much light a colour is, by WCAG 2: 0 (black) to 1 (white). */
double relative_luminance (const Rgb &color);

/** How one colour stands out from another, by WCAG 2: 1 (not at all) to 21 (black and white). */
double contrast (const Rgb &one, const Rgb &other);

/** The same of their relative luminances. */
inline double contrast (double one, double other)
{
  constexpr double kFlare = 0.05;
  return one > other ? (one + kFlare) / (other + kFlare) : (other + kFlare) / (one + kFlare);
}

/** How far one colour's hue and saturation are from another's: 0 to 1, red from any grey 0.53. */
double chroma_distance (const Rgb &one, const Rgb &other);

/** What is seen of a colour on another. @param opacity 0..1 */
Rgb blend (const Rgb &color, double opacity, const Rgb &below);

}  // namespace numpro
