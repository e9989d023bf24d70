/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace numpro {

namespace {

constexpr int kFractionBits = 13;

struct Luma {
  double kr = 0, kb = 0;

  explicit Luma (GstVideoColorMatrix matrix)
  {
    // Without a matrix (RGB, unknown) samples were made by BT.601.
    if (!gst_video_color_matrix_get_Kr_Kb (matrix, &kr, &kb))
      gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);
  }
  double kg () const { return 1 - kr - kb; }
};

// From one matrix to another, grey stays grey: chroma depends on chroma alone, luma on all three.
//   Y' = Y + yu Cb + yv Cr,  Cb' = uu Cb + uv Cr,  Cr' = vu Cb + vv Cr
// with R = Y + 2 (1 - kr) Cr, B = Y + 2 (1 - kb) Cb, G from both (ITU-R BT.601, BT.709).
struct Conversion {
  double yu, yv, uu, uv, vu, vv;

  Conversion (Luma from, Luma to)
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

int fixed (double factor)
{
  return static_cast<int> (std::lround (std::ldexp (factor, kFractionBits)));
}

guint8 to_byte (int value)
{
  return static_cast<guint8> (std::clamp (value >> kFractionBits, 0, 255));
}

bool is_jfif (const GstVideoColorimetry &colorimetry)
{
  const GstVideoColorimetry jfif = jfif_colorimetry ();
  return colorimetry.matrix == jfif.matrix && colorimetry.range == jfif.range;
}

}  // namespace

void Picture::resize (int new_width, int new_height)
{
  width = new_width;
  height = new_height;
  samples.resize (static_cast<std::size_t> (luma_stride ()) * 2 * chroma_height () +
                  2 * static_cast<std::size_t> (chroma_stride ()) * chroma_height ());
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
  const bool limited = picture.colorimetry.range == GST_VIDEO_COLOR_RANGE_16_235;
  const double y_gain = limited ? 255.0 / 219 : 1, c_gain = limited ? 255.0 / 224 : 1;
  const Conversion conversion (Luma (picture.colorimetry.matrix),
                               Luma (GST_VIDEO_COLOR_MATRIX_BT601));
  const int half = 1 << (kFractionBits - 1);
  const int yy = fixed (y_gain), y_offset = half - yy * (limited ? 16 : 0);
  const int yu = fixed (conversion.yu * c_gain), yv = fixed (conversion.yv * c_gain);
  const int uu = fixed (conversion.uu * c_gain), uv = fixed (conversion.uv * c_gain);
  const int vu = fixed (conversion.vu * c_gain), vv = fixed (conversion.vv * c_gain);
  const int c_offset = half + (128 << kFractionBits);

  const int chroma_width = picture.chroma_width ();
  std::vector<int> luma_change (static_cast<std::size_t> (picture.luma_stride ()));
  for (int row = 0; row < picture.chroma_height (); ++row) {
    guint8 *u = picture.u () + row * picture.chroma_stride ();
    guint8 *v = picture.v () + row * picture.chroma_stride ();
    for (int x = 0; x < chroma_width; ++x) {
      const int cb = u[x] - 128, cr = v[x] - 128;
      luma_change[2 * x] = luma_change[2 * x + 1] = y_offset + yu * cb + yv * cr;
      u[x] = to_byte (c_offset + uu * cb + uv * cr);
      v[x] = to_byte (c_offset + vu * cb + vv * cr);
    }
    for (int line = 0; line < 2; ++line) {
      guint8 *y = picture.y () + (2 * row + line) * picture.luma_stride ();
      for (int x = 0; x < picture.luma_stride (); ++x)
        y[x] = to_byte (yy * y[x] + luma_change[x]);
    }
  }
  picture.colorimetry = jfif_colorimetry ();
}

}  // namespace numpro
