/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ground.h"

#include <cmath>
#include <cstring>

namespace numpro {

double Ground::contrast_with (const Rgb &color) const
{
  // 21 to the power of 32 is far from what a double cannot hold.
  const double luminance = relative_luminance (color);
  double product = 1;
  for (const double pixel : luminances_)
    product *= contrast (luminance, pixel);
  return std::pow (product, 1.0 / kPixels);
}

void Ground::add (const Rgb &color)
{
  const double share = 1.0 / kPixels;
  mean_ = {mean_[0] + share * color[0], mean_[1] + share * color[1], mean_[2] + share * color[2]};
  luminances_[count_++] = relative_luminance (color);
}

GroundReader::GroundReader (const SampleLayout &layout, const GstVideoInfo &info)
    : layout_ (layout),
      // Unpacked lines of grey have chroma too, which is none of the frame's.
      n_components_ (GST_VIDEO_INFO_IS_GRAY (&info) ? 1 : 3),
      decoder_ (info.finfo, info.colorimetry)
{
  for (std::size_t c = 0; c < n_components_; ++c) {
    // Unpacked lines have bits below those of the frame.
    const int depth = static_cast<int> (GST_VIDEO_FORMAT_INFO_DEPTH (info.finfo, c));
    factors_[c] = std::ldexp (1.0, depth - layout.components ()[c].depth);
  }
}

template <typename Sample>
Rgb GroundReader::color_at (std::span<const Plane> planes, int x, int y) const
{
  std::array<double, 3> components = {};
  for (std::size_t c = 0; c < n_components_; ++c) {
    const ComponentLayout &component = layout_.components ()[c];
    const Plane &plane = planes[component.plane];
    // Interlaced chroma may be that of a row nearby.
    const guint8 *row =
        plane.data + static_cast<std::ptrdiff_t> (y >> component.h_sub) * plane.stride;
    Sample sample;
    std::memcpy (&sample, row + component.offset + (x >> component.w_sub) * component.step,
                 sizeof (sample));
    const int value = sample >> component.shift & ((1 << component.depth) - 1);
    components[c] = value * factors_[c];
  }
  return decoder_.decode (components);
}

std::optional<Ground> GroundReader::read (const Box &box, std::span<const Plane> planes, int width,
                                          int height, double shade) const
{
  const auto read_samples = [&]<typename Sample> (Sample) {
    return Ground::read (box, width, height, shade,
                         [&] (int x, int y) { return color_at<Sample> (planes, x, y); });
  };
  return layout_.sample_bytes () == 2 ? read_samples (guint16{}) : read_samples (guint8{});
}

}  // namespace numpro
