/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ink.h"

#include <algorithm>
#include <cmath>

#include "lib/picture/lumaweights.h"

namespace numpro {

namespace {

// Y'CbCr from R'G'B' (ITU-R BT.601, BT.709, BT.2020: one formula, two constants): Y' in 0..1, Cb
// and Cr in -0.5..0.5.
std::array<double, 3> to_ycbcr (const std::array<double, 3> &rgb, GstVideoColorMatrix matrix)
{
  const LumaWeights luma (matrix);
  const double y = luma.kr * rgb[0] + luma.kg () * rgb[1] + luma.kb * rgb[2];
  return {y, (rgb[2] - y) / (2 * (1 - luma.kb)), (rgb[0] - y) / (2 * (1 - luma.kr))};
}

Rgb from_ycbcr (const std::array<double, 3> &ycbcr, GstVideoColorMatrix matrix)
{
  const LumaWeights luma (matrix);
  const auto [y, cb, cr] = ycbcr;
  const double red = y + 2 * (1 - luma.kr) * cr, blue = y + 2 * (1 - luma.kb) * cb;
  return {red, (y - luma.kr * red - luma.kb * blue) / luma.kg (), blue};
}

}  // namespace

Ink::Ink (guint32 argb, const GstVideoFormatInfo *format, const GstVideoColorimetry &colorimetry)
    : opacity ((argb >> 24) / 255.0)
{
  std::array<double, 3> values = {(argb >> 16 & 0xff) / 255.0, (argb >> 8 & 0xff) / 255.0,
                                  (argb & 0xff) / 255.0};
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

Rgb shown_by (const std::array<double, 3> &components, const GstVideoFormatInfo *format,
              const GstVideoColorimetry &colorimetry)
{
  std::array<gint, GST_VIDEO_MAX_COMPONENTS> offset, scale;
  gst_video_color_range_offsets (colorimetry.range, format, offset.data (), scale.data ());
  const auto value = [&] (std::size_t c) { return (components[c] - offset[c]) / scale[c]; };
  if (GST_VIDEO_FORMAT_INFO_IS_GRAY (format))
    return {value (0), value (0), value (0)};
  if (GST_VIDEO_FORMAT_INFO_IS_RGB (format))
    return {value (0), value (1), value (2)};
  return from_ycbcr ({value (0), value (1), value (2)}, colorimetry.matrix);
}

}  // namespace numpro
