/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "hdrreference.h"

#include <algorithm>
#include <cmath>

namespace hdr {

namespace {

// BT.2087, both ways.
constexpr double kTo2020[3][3] = {
    {0.6274, 0.3293, 0.0433}, {0.0691, 0.9195, 0.0114}, {0.0164, 0.0880, 0.8956}};
constexpr double kTo709[3][3] = {
    {1.6605, -0.5876, -0.0728}, {-0.1246, 1.1329, -0.0083}, {-0.0182, -0.1006, 1.1187}};
constexpr Rgb kLuma = {0.2627, 0.6780, 0.0593};

Rgb apply (const double (&m)[3][3], const Rgb &from)
{
  Rgb to{};
  for (int row = 0; row < 3; ++row) {
    for (int c = 0; c < 3; ++c)
      to[row] += m[row][c] * from[c];
  }
  return to;
}

double luminance (const Rgb &rgb)
{
  return kLuma[0] * rgb[0] + kLuma[1] * rgb[1] + kLuma[2] * rgb[2];
}

double pq_inverse_eotf (double light)
{
  const double y = std::pow (std::clamp (light / 10000, 0.0, 1.0), 0.1593017578125);
  return std::pow ((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y), 78.84375);
}

double pq_eotf (double signal)
{
  const double e = std::pow (std::clamp (signal, 0.0, 1.0), 1 / 78.84375);
  return 10000 *
         std::pow (std::max (e - 0.8359375, 0.0) / (18.8515625 - 18.6875 * e), 1 / 0.1593017578125);
}

double hlg_oetf (double e)
{
  e = std::clamp (e, 0.0, 1.0);
  return e <= 1.0 / 12 ? std::sqrt (3 * e)
                       : 0.17883277 * std::log (12 * e - 0.28466892) + 0.55991073;
}

double hlg_inverse_oetf (double x)
{
  x = std::clamp (x, 0.0, 1.0);
  return x <= 0.5 ? x * x / 3 : (std::exp ((x - 0.55991073) / 0.17883277) + 0.28466892) / 12;
}

Rgb signal_of_light (const Rgb &light, Kind kind)
{
  Rgb signal{};
  const double y = luminance (light) / 1000;
  for (int c = 0; c < 3; ++c) {
    if (kind == Kind::kPq)
      signal[c] = pq_inverse_eotf (light[c]);
    else if (y > 0)
      signal[c] = hlg_oetf (light[c] / 1000 * std::pow (y, (1 - 1.2) / 1.2));
  }
  return signal;
}

Rgb light_of (const Rgb &signal, Kind kind)
{
  Rgb light{};
  std::transform (signal.begin (), signal.end (), light.begin (),
                  kind == Kind::kPq ? pq_eotf : hlg_inverse_oetf);
  if (kind == Kind::kHlg) {
    const double factor = 1000 * std::pow (luminance (light), 0.2);
    for (double &l : light)
      l *= factor;
  }
  return light;
}

double eetf (double light, double peak)
{
  const double source = pq_inverse_eotf (peak), most = pq_inverse_eotf (203) / source;
  const double e1 = std::min (pq_inverse_eotf (light) / source, 1.0), ks = 1.5 * most - 0.5;
  if (e1 < ks || most >= 1)
    return std::min (light, 203.0);
  const double t = (e1 - ks) / (1 - ks);
  const double e2 = (2 * std::pow (t, 3) - 3 * std::pow (t, 2) + 1) * ks +
                    (std::pow (t, 3) - 2 * std::pow (t, 2) + t) * (1 - ks) +
                    (-2 * std::pow (t, 3) + 3 * std::pow (t, 2)) * most;
  return pq_eotf (e2 * source);
}

double srgb_of_light (double light)
{
  light = std::clamp (light, 0.0, 1.0);
  return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow (light, 1 / 2.4) - 0.055;
}

}  // namespace

const char *colorimetry_of (Kind kind)
{
  return kind == Kind::kPq ? "bt2100-pq" : "bt2100-hlg";
}

Codes codes_of_bt2020 (const Rgb &light, Kind kind)
{
  const Rgb signal = signal_of_light (light, kind);
  const double y = luminance (signal);
  const auto code = [] (double value) { return static_cast<int> (std::lround (value)); };
  return {code (64 + 876 * y), code (512 + 896 * (signal[2] - y) / 1.8814),
          code (512 + 896 * (signal[0] - y) / 1.4746)};
}

Codes codes_of_bt709 (const Rgb &light, Kind kind)
{
  return codes_of_bt2020 (apply (kTo2020, light), kind);
}

Rgb light_of_srgb (guint32 rgb)
{
  Rgb light{};
  for (int c = 0; c < 3; ++c) {
    const double s = (rgb >> (16 - 8 * c) & 0xff) / 255.0;
    light[c] = 203 * (s <= 0.04045 ? s / 12.92 : std::pow ((s + 0.055) / 1.055, 2.4));
  }
  return light;
}

Rgb signal_of (const Codes &codes)
{
  const double y = (codes[0] - 64) / 876.0, cb = (codes[1] - 512) / 896.0,
               cr = (codes[2] - 512) / 896.0;
  const double red = y + 1.4746 * cr, blue = y + 1.8814 * cb;
  return {red, (y - kLuma[0] * red - kLuma[2] * blue) / kLuma[1], blue};
}

Rgb srgb_of (const Codes &codes, Kind kind, double peak)
{
  const Rgb light = apply (kTo709, light_of (signal_of (codes), kind));
  const double most = std::max ({light[0], light[1], light[2], 1e-6});
  Rgb srgb{};
  for (int c = 0; c < 3; ++c)
    srgb[c] = 255 * srgb_of_light (light[c] * eetf (most, peak) / most / 203);
  return srgb;
}

}  // namespace hdr
