/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tonetables.h"

#include <algorithm>
#include <cmath>

#include "lumaweights.h"
#include "tonecurve.h"

namespace numpro {

namespace {

constexpr int kLastStep = ToneTables::kSteps - 1;

// What PQ is taken to be mastered for where nothing says otherwise: what HLG is made for, and what
// ITU-R BT.2408 limits PQ to where that becomes HLG. Much is mastered so, and what is brighter
// loses no more than highlights.
constexpr double kUsualPeak = kHlgPeak;

bool is_hlg (const GstVideoColorimetry &colorimetry)
{
  return colorimetry.transfer == GST_VIDEO_TRANSFER_ARIB_STD_B67;
}

// Of values that have so many more bits, in products of which the upper 16 bits of 32 are kept.
gint16 as_factor (double factor, int shift)
{
  return static_cast<gint16> (std::lround (std::ldexp (factor, 16 - shift)));
}

std::array<float, 3> as_floats (const Rgb &rgb)
{
  return {static_cast<float> (rgb[0]), static_cast<float> (rgb[1]), static_cast<float> (rgb[2])};
}

gint16 as_code (double light)
{
  const double level = 255 * light_to_srgb (std::min (light, 1.0));
  return static_cast<gint16> (std::lround (std::ldexp (level, ToneTables::kCodeBits)));
}

}  // namespace

ToneTables::Kind::Kind (const Picture &picture)
    : colorimetry (picture.colorimetry),
      peak (picture.peak > 0 && !is_hlg (colorimetry) ? picture.peak : kUsualPeak),
      is_deep (picture.is_deep)
{
}

bool ToneTables::Kind::operator== (const Kind &other) const
{
  return gst_video_colorimetry_is_equal (&colorimetry, &other.colorimetry) && peak == other.peak &&
         is_deep == other.is_deep;
}

ToneTables::ToneTables (const Kind &picture_kind)
    : kind (picture_kind), is_of_scene (is_hlg (kind.colorimetry))
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
  const double r_v = 2 * (1 - weights.kr) * chroma, b_u = 2 * (1 - weights.kb) * chroma;
  signal.black = static_cast<gint16> (4 * offset[0] * unit);
  signal.grey = static_cast<gint16> (offset[1] * unit);
  signal.y = as_factor (luma / 4, kLumaShift);
  signal.r_v = as_factor (r_v, kChromaShift);
  signal.b_u = as_factor (b_u, kChromaShift);
  signal.g_u = as_factor (-b_u * weights.kb / weights.kg (), kChromaShift);
  signal.g_v = as_factor (-r_v * weights.kr / weights.kg (), kChromaShift);
  const LumaWeights to (jfif_colorimetry ().matrix);
  jfif = {as_factor (to.kr, 0), as_factor (to.kb, 0), as_factor (0.5 / (1 - to.kb), 1),
          as_factor (0.5 / (1 - to.kr), 1)};
}

void ToneTables::set_light ()
{
  for (std::size_t i = 0; i < light.size (); ++i) {
    const double value = (static_cast<double> (i) - kBelow) / kLastStep;
    light[i] = static_cast<float> (is_of_scene ? hlg_to_scene (value) : pq_to_light (value));
  }
  luminance = as_floats (luminance_weights (kind.colorimetry.primaries));
  ootf.fill (hlg_ootf);
  const RgbMatrix matrix =
      convert_primaries (kind.colorimetry.primaries, GST_VIDEO_COLOR_PRIMARIES_BT709);
  std::transform (matrix.begin (), matrix.end (), to_bt709.begin (), as_floats);
}

void ToneTables::set_codes ()
{
  const ToneCurve curve (kind.peak);
  gain.fill ([&] (double most) { return curve (most) / most * kLastStep / kReferenceWhite; });
  // Steps are cut off where they are looked up: each stands for its middle, but for black.
  for (std::size_t i = 0; i < code.size (); ++i)
    code[i] = i > 0 ? as_code ((static_cast<double> (i) + 0.5) / kLastStep) : gint16{0};
  for (std::size_t i = 0; i < grey.size (); ++i) {
    const double steps = std::ldexp (signal.y, kLumaShift - 16);
    const double value = steps * (4 * static_cast<double> (i) - signal.black) / kLastStep;
    const double scene = hlg_to_scene (value);
    const double shown = is_of_scene ? scene * hlg_ootf (scene) : pq_to_light (value);
    grey[i] = as_code (curve (shown) / kReferenceWhite);
  }
}

}  // namespace numpro
