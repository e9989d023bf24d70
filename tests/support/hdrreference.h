/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <array>

/**
 * High dynamic range as its standards describe it, in floating point and apart from the product:
 * ITU-R BT.2100 (PQ, HLG), BT.2390 (EETF), BT.2408 (203 cd/m2), BT.2087 (BT.2020 and BT.709), and
 * sRGB. Light is in cd/m2; Y'CbCr is that of BT.2020, limited range, 10 bits.
 */
namespace hdr {

using Rgb = std::array<double, 3>;
using Codes = std::array<int, 3>; /**< Y, Cb, Cr */

enum class Kind { kPq, kHlg };

/** What videos call it. */
const char *colorimetry_of (Kind kind);

/** Samples for light in BT.709 primaries, or those of BT.2020. */
Codes codes_of_bt709 (const Rgb &light, Kind kind);
Codes codes_of_bt2020 (const Rgb &light, Kind kind);

/** R'G'B' that samples stand for, 0..1. */
Rgb signal_of (const Codes &codes);

/** Light of a colour on an SDR display whose white has 203 cd/m2, in BT.709 primaries. */
Rgb light_of_srgb (guint32 rgb);

/**
 * What samples are on an SDR display: sRGB, 0..255.
 *
 * @param peak of the content, cd/m2
 */
Rgb srgb_of (const Codes &codes, Kind kind, double peak = 1000);

}  // namespace hdr
