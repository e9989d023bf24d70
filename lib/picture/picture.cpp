/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "lumaweights.h"

namespace numpro {

namespace {

// Samples are multiplied in 16 bits, of which the upper 16 of the product are kept: samples with 7
// more bits, factors with 13, and results with 4.
constexpr int kSampleBits = 7, kFactorBits = 13, kResultBits = 4;

// From one matrix to another, grey stays grey: chroma depends on chroma alone, luma on all three.
//   Y' = Y + yu Cb + yv Cr,  Cb' = uu Cb + uv Cr,  Cr' = vu Cb + vv Cr
// with R = Y + 2 (1 - kr) Cr, B = Y + 2 (1 - kb) Cb, G from both (ITU-R BT.601, BT.709).
struct Conversion {
  double yu, yv, uu, uv, vu, vv;

  Conversion (LumaWeights from, LumaWeights to)
  {
    // What a unit of Cb and of Cr adds to R, G and B.
    const double r_v = 2 * (1 - from.kr), b_u = 2 * (1 - from.kb);
    const double g_u = -from.kb / from.kg () * b_u, g_v = -from.kr / from.kg () * r_v;
    yu = to.kg () * g_u + to.kb * b_u;
    yv = to.kr * r_v + to.kg () * g_v;
    uu = (b_u - yu) / (2 * (1 - to.kb));
    uv = -yv / (2 * (1 - to.kb));
    vu = -yu / (2 * (1 - to.kr));
    vv = (r_v - yv) / (2 * (1 - to.kr));
  }
};

gint16 as_factor (double factor)
{
  return static_cast<gint16> (std::lround (std::ldexp (factor, kFactorBits)));
}

gint16 as_result (double value)
{
  return static_cast<gint16> (std::lround (std::ldexp (value, kResultBits)));
}

struct Factors {
  gint16 yy, y_offset;
  gint16 yu, yv, uu, uv, vu, vv, c_offset;

  explicit Factors (const GstVideoColorimetry &from)
  {
    const bool limited = from.range == GST_VIDEO_COLOR_RANGE_16_235;
    const double y_gain = limited ? 255.0 / 219 : 1, c_gain = limited ? 255.0 / 224 : 1;
    const Conversion conversion (LumaWeights (from.matrix),
                                 LumaWeights (GST_VIDEO_COLOR_MATRIX_BT601));
    // Half a level for rounding, and half a step for what a product loses at its end.
    const double half = 0.5, lost = 0.5 / (1 << kResultBits);
    yy = as_factor (y_gain);
    y_offset = as_result (half + 3 * lost + y_gain * (128 - (limited ? 16 : 0)));
    yu = as_factor (conversion.yu * c_gain), yv = as_factor (conversion.yv * c_gain);
    uu = as_factor (conversion.uu * c_gain), uv = as_factor (conversion.uv * c_gain);
    vu = as_factor (conversion.vu * c_gain), vv = as_factor (conversion.vv * c_gain);
    c_offset = as_result (128 + half + 2 * lost);
  }
};

// Of a sample that is counted from 128.
gint16 product (gint16 sample, gint16 factor)
{
  return static_cast<gint16> (static_cast<gint16> (sample << kSampleBits) * factor >> 16);
}

gint16 sum (gint16 a, gint16 b)
{
  return static_cast<gint16> (a + b);
}

guint8 to_byte (gint16 result)
{
  constexpr gint16 kMost = (256 << kResultBits) - 1;
  return static_cast<guint8> (std::clamp (result, gint16{0}, kMost) >> kResultBits);
}

// All values are of 16 bits, and rows are apart in memory: so the compiler makes vector code of
// these loops.

void convert_chroma (const Factors &by, int width, guint8 *__restrict u, guint8 *__restrict v,
                     gint16 *__restrict luma_change)
{
  for (int x = 0; x < width; ++x) {
    const auto cb = static_cast<gint16> (u[x] - 128), cr = static_cast<gint16> (v[x] - 128);
    const gint16 change = sum (by.y_offset, sum (product (cb, by.yu), product (cr, by.yv)));
    luma_change[2 * x] = luma_change[2 * x + 1] = change;
    u[x] = to_byte (sum (by.c_offset, sum (product (cb, by.uu), product (cr, by.uv))));
    v[x] = to_byte (sum (by.c_offset, sum (product (cb, by.vu), product (cr, by.vv))));
  }
}

void convert_luma (const Factors &by, int width, guint8 *__restrict y,
                   const gint16 *__restrict luma_change)
{
  for (int x = 0; x < width; ++x)
    y[x] = to_byte (sum (product (static_cast<gint16> (y[x] - 128), by.yy), luma_change[x]));
}

bool is_jfif (const GstVideoColorimetry &colorimetry)
{
  const GstVideoColorimetry jfif = jfif_colorimetry ();
  return colorimetry.matrix == jfif.matrix && colorimetry.range == jfif.range;
}

template <typename Sample>
void fill_up_plane (const Picture &picture, Sample *luma)
{
  const int stride = picture.luma_stride ();
  if (picture.width % 2) {
    for (int y = 0; y < picture.height; ++y)
      luma[y * stride + picture.width] = luma[y * stride + picture.width - 1];
  }
  if (picture.height % 2) {
    Sample *last = luma + (picture.height - 1) * stride;
    std::copy_n (last, stride, last + stride);
  }
}

}  // namespace

void Picture::resize (int new_width, int new_height)
{
  width = new_width;
  height = new_height;
  samples.resize (static_cast<std::size_t> (luma_stride ()) * 2 * chroma_height () +
                  2 * static_cast<std::size_t> (chroma_stride ()) * chroma_height ());
}

void fill_up_pairs (Picture &picture)
{
  if (picture.is_deep)
    fill_up_plane (picture, picture.deep_samples.data ());
  else
    fill_up_plane (picture, picture.samples.data ());
}

GstVideoColorimetry jfif_colorimetry ()
{
  GstVideoColorimetry colorimetry = {};
  colorimetry.range = GST_VIDEO_COLOR_RANGE_0_255;
  colorimetry.matrix = GST_VIDEO_COLOR_MATRIX_BT601;
  return colorimetry;
}

void convert_to_jfif (Picture &picture)
{
  if (is_jfif (picture.colorimetry))
    return;
  const Factors factors (picture.colorimetry);
  const int stride = picture.luma_stride ();
  std::vector<gint16> luma_change (static_cast<std::size_t> (stride));
  for (int row = 0; row < picture.chroma_height (); ++row) {
    const int offset = row * picture.chroma_stride ();
    convert_chroma (factors, picture.chroma_width (), picture.u () + offset, picture.v () + offset,
                    luma_change.data ());
    for (int line = 0; line < 2; ++line)
      convert_luma (factors, stride, picture.y () + (2 * row + line) * stride, luma_change.data ());
  }
  picture.colorimetry = jfif_colorimetry ();
}

}  // namespace numpro
