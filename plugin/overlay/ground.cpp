/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ground.h"

#include <array>
#include <cmath>
#include <cstring>

#include "ink.h"

namespace numpro {

GroundReader::GroundReader (const SampleLayout &layout, const GstVideoInfo &info)
    : layout_ (layout), format_ (info.finfo), colorimetry_ (info.colorimetry)
{
}

template <typename Sample>
double GroundReader::mean (const ComponentLayout &component, const Plane &plane, int width,
                           int height, const Box &box) const
{
  const guint mask = (1u << component.depth) - 1;
  guint sum = 0;
  // Which of two rows a sample of interlaced chroma is from does not matter to a mean.
  const int visited = visit_ground (box, width, height, [&] (int x, int y) {
    Sample sample;
    std::memcpy (&sample,
                 plane.data + static_cast<std::ptrdiff_t> (y >> component.h_sub) * plane.stride +
                     component.offset + (x >> component.w_sub) * component.step,
                 sizeof (sample));
    sum += sample >> component.shift & mask;
  });
  return visited ? static_cast<double> (sum) / visited : 0;
}

std::optional<Rgb> GroundReader::read (std::span<const Plane> planes, int width, int height,
                                       const Box &box) const
{
  if (visit_ground (box, width, height, [] (int, int) {}) == 0)
    return std::nullopt;
  std::array<double, 3> components = {};
  // Unpacked lines of grey have chroma too, that is none of the frame's.
  const std::size_t count = GST_VIDEO_FORMAT_INFO_IS_GRAY (format_) ? 1 : components.size ();
  for (std::size_t c = 0; c < count; ++c) {
    const ComponentLayout &component = layout_.components ()[c];
    const Plane &plane = planes[component.plane];
    const double value = layout_.sample_bytes () == 2
                             ? mean<guint16> (component, plane, width, height, box)
                             : mean<guint8> (component, plane, width, height, box);
    // Unpacked lines have bits below those of the frame.
    const int depth = static_cast<int> (GST_VIDEO_FORMAT_INFO_DEPTH (format_, c));
    components[c] = std::ldexp (value, depth - component.depth);
  }
  return shown_by (components, format_, colorimetry_);
}

}  // namespace numpro
