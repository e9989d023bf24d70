/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <array>

namespace numpro {

/** Red, green and blue, of light or of a signal. */
using Rgb = std::array<double, 3>;

/** Of 0xAARRGGBB, from 0 to 1. */
inline Rgb rgb_of (guint32 argb)
{
  return {(argb >> 16 & 0xff) / 255.0, (argb >> 8 & 0xff) / 255.0, (argb & 0xff) / 255.0};
}

/**
 * Light of what is white on paper, in pictures of high dynamic range: cd/m2 (ITU-R BT.2408, "HDR
 * reference white", which is also graphics white). The white of an SDR display corresponds to it.
 */
inline constexpr double kReferenceWhite = 203;

/** Light of the display that HLG is made for, cd/m2 (ITU-R BT.2100, table 5). */
inline constexpr double kHlgPeak = 1000;

/** Whether samples are coded for high dynamic range: PQ or HLG. */
bool is_hdr (const GstVideoColorimetry &colorimetry);

/** sRGB (IEC 61966-2-1), 0..1 either way. Also below zero, with the sign turned. */
double srgb_to_light (double signal);
double light_to_srgb (double light);

/** PQ (SMPTE ST 2084, ITU-R BT.2100 table 4): 0..1 is 0..10000 cd/m2. */
double pq_to_light (double signal);
double light_to_pq (double light);

/** HLG's OETF (ITU-R BT.2100 table 5) and its inverse: light of the scene, 0..1 either way. */
double hlg_to_scene (double signal);
double scene_to_hlg (double light);

/**
 * By how much light of the scene is to be multiplied to be what a display for HLG shows, in cd/m2.
 *
 * @param luminance of the scene, 0..1
 */
double hlg_ootf (double luminance);

/**
 * The signal of an HDR frame for light.
 *
 * @param light of the display, cd/m2, in the frame's primaries
 * @param luminance of that light
 */
Rgb light_to_hdr (const Rgb &light, double luminance, GstVideoTransferFunction transfer);

/** The way back. @param weights shares of red, green and blue light in luminance */
Rgb hdr_to_light (const Rgb &signal, const Rgb &weights, GstVideoTransferFunction transfer);

}  // namespace numpro
