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

// What samples of one plane may be.
struct Range {
  int least, most;

  bool contains (guint8 sample) const { return sample >= least && sample <= most; }
};

std::array<Range, 3> ranges_around (guint32 argb, const GstVideoColorimetry &colorimetry)
{
  const Rgb values = LumaWeights (colorimetry.matrix).to_ycbcr (rgb_of (argb));
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  gst_video_color_range_offsets (colorimetry.range,
                                 gst_video_format_get_info (GST_VIDEO_FORMAT_I420), offset, scale);
  const double tolerance = kTolerance + 255.0 - (argb >> 24);
  std::array<Range, 3> ranges;
  for (std::size_t c = 0; c < ranges.size (); ++c) {
    const double sample = offset[c] + scale[c] * values[c];
    ranges[c] = {static_cast<int> (std::lround (sample - tolerance)),
                 static_cast<int> (std::lround (sample + tolerance))};
  }
  return ranges;
}

int clip (double edge, int size)
{
  return static_cast<int> (std::lround (std::clamp<double> (edge, 0, size)));
}

}  // namespace

bool has_color (const Picture &picture, guint32 argb, const PictureArea &area, double pixels)
{
  const auto [luma, u, v] = ranges_around (argb, picture.colorimetry);
  // In pairs of pixels, which share their chroma, and every other row, which is enough to count by.
  const int left = clip (area.left, picture.width) / 2;
  const int right = (clip (area.right, picture.width) + 1) / 2;
  const int top = clip (area.top, picture.height), bottom = clip (area.bottom, picture.height);
  int found = 0;
  for (int y = top; y < bottom; y += 2) {
    const guint8 *y_row = picture.y () + y * picture.luma_stride ();
    const guint8 *u_row = picture.u () + y / 2 * picture.chroma_stride ();
    const guint8 *v_row = picture.v () + y / 2 * picture.chroma_stride ();
    for (int x = left; x < right; ++x) {
      const int pair = luma.contains (y_row[2 * x]) + luma.contains (y_row[2 * x + 1]);
      found += 2 * pair * (u.contains (u_row[x]) & v.contains (v_row[x]));
    }
    if (found >= pixels)
      return true;
  }
  return false;
}

}  // namespace numpro
