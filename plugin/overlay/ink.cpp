/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ink.h"

#include <algorithm>
#include <cmath>

#include "lib/picture/lumaweights.h"
#include "lib/picture/primaries.h"
#include "lib/picture/transfer.h"

namespace numpro {

namespace {

// What Y', Cb and Cr each add to R'G'B'.
std::array<Rgb, 3> from_ycbcr (GstVideoColorMatrix matrix)
{
  const LumaWeights luma (matrix);
  const double red = 2 * (1 - luma.kr), blue = 2 * (1 - luma.kb);
  return {
      {{1, 1, 1}, {0, -luma.kb * blue / luma.kg (), blue}, {red, -luma.kr * red / luma.kg (), 0}}};
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
  Rgb values = rgb_of (argb);
  if (is_hdr (colorimetry))
    values = srgb_to_hdr (values, colorimetry);
  if (!GST_VIDEO_FORMAT_INFO_IS_RGB (format))
    values = LumaWeights (colorimetry.matrix).to_ycbcr (values);

  std::array<gint, GST_VIDEO_MAX_COMPONENTS> offset, scale;
  gst_video_color_range_offsets (colorimetry.range, format, offset.data (), scale.data ());
  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (format); ++c) {
    const int depth = GST_VIDEO_FORMAT_INFO_DEPTH (format, c);
    const double value = c < 3 ? offset[c] + scale[c] * values[c] : scale[3];
    components[c] = static_cast<guint32> (
        std::clamp<double> (std::round (value), 0, std::ldexp (1.0, depth) - 1));
  }
}

ColorDecoder::ColorDecoder (const GstVideoFormatInfo *format,
                            const GstVideoColorimetry &colorimetry)
{
  // Of components from 0 to 1, or -0.5 to 0.5.
  if (GST_VIDEO_FORMAT_INFO_IS_GRAY (format))
    shares_ = {{{1, 1, 1}, {}, {}}};
  else if (GST_VIDEO_FORMAT_INFO_IS_RGB (format))
    shares_ = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  else
    shares_ = from_ycbcr (colorimetry.matrix);

  std::array<gint, GST_VIDEO_MAX_COMPONENTS> offset, scale;
  gst_video_color_range_offsets (colorimetry.range, format, offset.data (), scale.data ());
  const std::size_t count = GST_VIDEO_FORMAT_INFO_IS_GRAY (format) ? 1 : shares_.size ();
  for (std::size_t c = 0; c < count; ++c) {
    Rgb &share = shares_[c];
    for (std::size_t i = 0; i < share.size (); ++i) {
      share[i] /= scale[c];
      start_[i] -= offset[c] * share[i];
    }
  }
  if (is_hdr (colorimetry))
    hdr_ = colorimetry;
}

// As the Ink's: what is brighter than graphics white is white.
Rgb ColorDecoder::on_sdr_display (const Rgb &signal) const
{
  Rgb light = hdr_to_light (signal, luminance_weights (hdr_->primaries), hdr_->transfer);
  light = convert_primaries (hdr_->primaries, GST_VIDEO_COLOR_PRIMARIES_BT709) * light;
  std::transform (light.begin (), light.end (), light.begin (), [] (double l) {
    return light_to_srgb (std::clamp (l / kReferenceWhite, 0.0, 1.0));
  });
  return light;
}

}  // namespace numpro
