/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "transfer.h"

#include <algorithm>
#include <cmath>

namespace numpro {

namespace {

// ITU-R BT.2100, table 4.
constexpr double kPqPeak = 10000;
constexpr double kM1 = 2610.0 / 16384, kM2 = 2523.0 / 4096 * 128;
constexpr double kC1 = 3424.0 / 4096, kC2 = 2413.0 / 4096 * 32, kC3 = 2392.0 / 4096 * 32;

// ITU-R BT.2100, table 5.
constexpr double kA = 0.17883277, kB = 1 - 4 * kA, kC = 0.55991073;
constexpr double kSystemGamma = 1.2;  // of a display of kHlgPeak

}  // namespace

bool is_hdr (const GstVideoColorimetry &colorimetry)
{
  return colorimetry.transfer == GST_VIDEO_TRANSFER_SMPTE2084 ||
         colorimetry.transfer == GST_VIDEO_TRANSFER_ARIB_STD_B67;
}

double srgb_to_light (double signal)
{
  const double s = std::abs (signal);
  return std::copysign (s <= 0.04045 ? s / 12.92 : std::pow ((s + 0.055) / 1.055, 2.4), signal);
}

double light_to_srgb (double light)
{
  const double l = std::abs (light);
  return std::copysign (l <= 0.0031308 ? 12.92 * l : 1.055 * std::pow (l, 1 / 2.4) - 0.055, light);
}

double pq_to_light (double signal)
{
  const double s = std::pow (std::clamp (signal, 0.0, 1.0), 1 / kM2);
  return kPqPeak * std::pow (std::max (s - kC1, 0.0) / (kC2 - kC3 * s), 1 / kM1);
}

double light_to_pq (double light)
{
  const double l = std::pow (std::clamp (light / kPqPeak, 0.0, 1.0), kM1);
  return std::pow ((kC1 + kC2 * l) / (1 + kC3 * l), kM2);
}

double hlg_to_scene (double signal)
{
  const double s = std::clamp (signal, 0.0, 1.0);
  return s <= 0.5 ? s * s / 3 : (std::exp ((s - kC) / kA) + kB) / 12;
}

double scene_to_hlg (double light)
{
  const double l = std::clamp (light, 0.0, 1.0);
  return l <= 1.0 / 12 ? std::sqrt (3 * l) : kA * std::log (12 * l - kB) + kC;
}

double hlg_ootf (double luminance)
{
  return kHlgPeak * std::pow (luminance, kSystemGamma - 1);
}

Rgb light_to_hdr (const Rgb &light, double luminance, GstVideoTransferFunction transfer)
{
  Rgb signal;
  if (transfer == GST_VIDEO_TRANSFER_SMPTE2084) {
    std::transform (light.begin (), light.end (), signal.begin (), light_to_pq);
    return signal;
  }
  const double scene_luminance = std::pow (luminance / kHlgPeak, 1 / kSystemGamma);
  const double factor = luminance > 0 ? 1 / hlg_ootf (scene_luminance) : 0;
  std::transform (light.begin (), light.end (), signal.begin (),
                  [=] (double l) { return scene_to_hlg (l * factor); });
  return signal;
}

Rgb hdr_to_light (const Rgb &signal, const Rgb &weights, GstVideoTransferFunction transfer)
{
  Rgb light;
  if (transfer == GST_VIDEO_TRANSFER_SMPTE2084) {
    std::transform (signal.begin (), signal.end (), light.begin (), pq_to_light);
    return light;
  }
  std::transform (signal.begin (), signal.end (), light.begin (), hlg_to_scene);
  const double factor =
      hlg_ootf (weights[0] * light[0] + weights[1] * light[1] + weights[2] * light[2]);
  std::transform (light.begin (), light.end (), light.begin (),
                  [=] (double scene) { return scene * factor; });
  return light;
}

}  // namespace numpro
