/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tonetables.h"

#include <algorithm>

#include "lumaweights.h"
#include "tonecurve.h"

namespace numpro {

namespace {

constexpr int kLastStep = ToneTables::kSteps - 1;

// Content is mastered for displays of so much where nothing says otherwise: it is what HLG is made
// for, and what most films in PQ are mastered for (ITU-R BT.2408 names it for PQ too).
constexpr double kUsualPeak = kHlgPeak;

}  // namespace

ToneTables::Kind::Kind (const Picture &picture)
    : colorimetry (picture.colorimetry),
      peak (picture.peak > 0 ? picture.peak : kUsualPeak),
      is_deep (!picture.deep_samples.empty ())
{
}

bool ToneTables::Kind::operator== (const Kind &other) const
{
  return gst_video_colorimetry_is_equal (&colorimetry, &other.colorimetry) && peak == other.peak &&
         is_deep == other.is_deep;
}

ToneTables::ToneTables (const Kind &picture_kind)
    : kind (picture_kind),
      is_of_scene (kind.colorimetry.transfer == GST_VIDEO_TRANSFER_ARIB_STD_B67)
{
  set_signal ();
  set_light ();
  set_codes ();
}

void ToneTables::set_signal ()
{
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  gst_video_color_range_offsets (
      kind.colorimetry.range,
      gst_video_format_get_info (kind.is_deep ? GST_VIDEO_FORMAT_I420_10LE : GST_VIDEO_FORMAT_I420),
      offset, scale);
  // Samples of 8 bits are taken as if they had two more, zeros.
  const int unit = kind.is_deep ? 1 : 4;
  const LumaWeights weights (kind.colorimetry.matrix);
  const double luma = static_cast<double> (kLastStep) / (scale[0] * unit);
  const double chroma = static_cast<double> (kLastStep) / (scale[1] * unit);
  const double red = 2 * (1 - weights.kr), blue = 2 * (1 - weights.kb);
  y_offset = static_cast<float> (offset[0] * unit);
  y = static_cast<float> (luma);
  r_v = static_cast<float> (red * chroma);
  b_u = static_cast<float> (blue * chroma);
  g_u = static_cast<float> (-blue * weights.kb / weights.kg () * chroma);
  g_v = static_cast<float> (-red * weights.kr / weights.kg () * chroma);
}

void ToneTables::set_light ()
{
  for (int i = 0; i < kSteps; ++i) {
    const double signal = static_cast<double> (i) / kLastStep;
    light[static_cast<std::size_t> (i)] =
        static_cast<float> (is_of_scene ? hlg_to_scene (signal) : pq_to_light (signal));
  }
  ootf.fill (hlg_ootf);
  const Rgb weights = luminance_weights (kind.colorimetry.primaries);
  const RgbMatrix matrix =
      convert_primaries (kind.colorimetry.primaries, GST_VIDEO_COLOR_PRIMARIES_BT709);
  for (std::size_t i = 0; i < 3; ++i) {
    luminance[i] = static_cast<float> (weights[i]);
    for (std::size_t c = 0; c < 3; ++c)
      to_bt709[i][c] = static_cast<float> (matrix[i][c]);
  }
}

void ToneTables::set_codes ()
{
  const ToneCurve curve (kind.peak);
  const double steps = kLastStep / kReferenceWhite;
  gain.fill ([&] (double most) { return curve (most) / most * steps; });
  for (int i = 0; i < kSteps; ++i) {
    code[static_cast<std::size_t> (i)] =
        static_cast<float> (255 * light_to_srgb (static_cast<double> (i) / kLastStep));
    // Luma is looked up in steps of a quarter of a sample of 10 bits, as four pixels' sum is.
    const double signal = std::clamp (y * (i / 4.0 - y_offset) / kLastStep, 0.0, 1.0);
    const double scene = hlg_to_scene (signal);
    const double shown = is_of_scene ? scene * hlg_ootf (scene) : pq_to_light (signal);
    const double luma = 255 * light_to_srgb (curve (shown) / kReferenceWhite);
    grey[static_cast<std::size_t> (i)] =
        static_cast<gint16> (std::lround (std::ldexp (luma, kGreyBits)));
  }
}

}  // namespace numpro
