/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ink.h"

#include <algorithm>
#include <cmath>

#include "lib/picture/lumaweights.h"
#include "lib/picture/primaries.h"
#include "lib/picture/transfer.h"

namespace numpro {

namespace {

// Y'CbCr from R'G'B' (ITU-R BT.601, BT.709, BT.2020: one formula, two constants): Y' in 0..1, Cb
// and Cr in -0.5..0.5.
Rgb to_ycbcr (const Rgb &rgb, GstVideoColorMatrix matrix)
{
  const LumaWeights luma (matrix);
  const double y = luma.kr * rgb[0] + luma.kg () * rgb[1] + luma.kb * rgb[2];
  return {y, (rgb[2] - y) / (2 * (1 - luma.kb)), (rgb[0] - y) / (2 * (1 - luma.kr))};
}

// What an SDR display shows, whose white is graphics white (ITU-R BT.2408).
Rgb srgb_to_hdr (const Rgb &srgb, const GstVideoColorimetry &colorimetry)
{
  Rgb light;
  std::transform (srgb.begin (), srgb.end (), light.begin (),
                  [] (double s) { return kReferenceWhite * srgb_to_light (s); });
  light = convert_primaries (GST_VIDEO_COLOR_PRIMARIES_BT709, colorimetry.primaries) * light;
  const Rgb weights = luminance_weights (colorimetry.primaries);
  const double luminance = weights[0] * light[0] + weights[1] * light[1] + weights[2] * light[2];
  return light_to_hdr (light, luminance, colorimetry.transfer);
}

}  // namespace

Ink::Ink (guint32 argb, const GstVideoFormatInfo *format, const GstVideoColorimetry &colorimetry)
    : opacity ((argb >> 24) / 255.0)
{
  Rgb values = {(argb >> 16 & 0xff) / 255.0, (argb >> 8 & 0xff) / 255.0, (argb & 0xff) / 255.0};
  if (is_hdr (colorimetry))
    values = srgb_to_hdr (values, colorimetry);
  if (!GST_VIDEO_FORMAT_INFO_IS_RGB (format))
    values = to_ycbcr (values, colorimetry.matrix);

  std::array<gint, GST_VIDEO_MAX_COMPONENTS> offset, scale;
  gst_video_color_range_offsets (colorimetry.range, format, offset.data (), scale.data ());
  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (format); ++c) {
    const int depth = GST_VIDEO_FORMAT_INFO_DEPTH (format, c);
    const double value = c < 3 ? offset[c] + scale[c] * values[c] : scale[3];
    components[c] = static_cast<guint32> (
        std::clamp<double> (std::round (value), 0, std::ldexp (1.0, depth) - 1));
  }
}

}  // namespace numpro
