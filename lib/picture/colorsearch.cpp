/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "colorsearch.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "lumaweights.h"

namespace numpro {

namespace {

// Of 8-bit samples. Half of red's chroma and of white's luma, which is what is left of a stroke of
// one pixel between others.
constexpr double kTolerance = 64;

// How far a thin stroke may be from its colour, of the way to a grey in the middle.
constexpr double kThinTolerance = 0.85;

// What samples of one plane may be.
struct Range {
  int least, most;

  bool contains (guint8 sample) const { return sample >= least && sample <= most; }
};

std::array<Range, 3> ranges_around (guint32 argb, const GstVideoColorimetry &colorimetry,
                                    Strokes strokes)
{
  const Rgb values = LumaWeights (colorimetry.matrix).to_ycbcr (rgb_of (argb));
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  gst_video_color_range_offsets (colorimetry.range,
                                 gst_video_format_get_info (GST_VIDEO_FORMAT_I420), offset, scale);
  std::array<double, 3> samples;
  for (std::size_t c = 0; c < samples.size (); ++c)
    samples[c] = offset[c] + scale[c] * values[c];
  const double more = 255.0 - (argb >> 24);
  double tolerance = kTolerance, luma_tolerance = kTolerance;
  if (strokes == Strokes::kThin) {
    const double chroma = std::max (std::abs (samples[1] - 128), std::abs (samples[2] - 128));
    const bool is_grey = chroma < kTolerance;
    tolerance = std::max (tolerance, kThinTolerance * chroma);
    // Whatever a colour is mixed with, its hue tells.
    luma_tolerance =
        is_grey ? std::max (tolerance, kThinTolerance * std::abs (samples[0] - 128)) : 255;
  }
  const auto around = [more] (double sample, double by) {
    return Range{static_cast<int> (std::lround (sample - by - more)),
                 static_cast<int> (std::lround (sample + by + more))};
  };
  return {around (samples[0], luma_tolerance), around (samples[1], tolerance),
          around (samples[2], tolerance)};
}

int clip (double edge, int size)
{
  return static_cast<int> (std::lround (std::clamp<double> (edge, 0, size)));
}

}  // namespace

ColorFound find_color (const Picture &picture, guint32 argb, const PictureArea &area,
                       Strokes strokes)
{
  const auto [luma, u, v] = ranges_around (argb, picture.colorimetry, strokes);
  // In pairs of pixels, which share their chroma.
  const int left = clip (area.left, picture.width) / 2;
  const int right = (clip (area.right, picture.width) + 1) / 2;
  const int top = clip (area.top, picture.height), bottom = clip (area.bottom, picture.height);
  int pixels = 0, first_x = picture.width, last_x = -1, first_y = picture.height, last_y = -1;
  for (int y = top; y < bottom; ++y) {
    const guint8 *y_row = picture.y () + y * picture.luma_stride ();
    const guint8 *u_row = picture.u () + y / 2 * picture.chroma_stride ();
    const guint8 *v_row = picture.v () + y / 2 * picture.chroma_stride ();
    const int before = pixels;
    for (int x = left; x < right; ++x) {
      if (!(u.contains (u_row[x]) & v.contains (v_row[x])))
        continue;
      const bool is_first = luma.contains (y_row[2 * x]);
      const bool is_second = luma.contains (y_row[2 * x + 1]);
      if (!is_first && !is_second)
        continue;
      pixels += is_first + is_second;
      first_x = std::min (first_x, is_first ? 2 * x : 2 * x + 1);
      last_x = std::max (last_x, is_second ? 2 * x + 1 : 2 * x);
    }
    if (pixels > before) {
      first_y = std::min (first_y, y);
      last_y = y;
    }
  }
  if (pixels == 0)
    return {};
  return {pixels, {first_x + 0.0, first_y + 0.0, last_x + 1.0, last_y + 1.0}};
}

}  // namespace numpro
