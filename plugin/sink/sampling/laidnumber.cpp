/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "laidnumber.h"

#include <utility>

namespace numpro {

namespace {

void reverse (double &first, double &last, double size)
{
  first = size - std::exchange (last, size - first);
}

void reverse_axes (PictureArea &area, const Orientation &orientation, const FrameShape &frame)
{
  if (orientation.reverses_x)
    reverse (area.left, area.right, frame.width);
  if (orientation.reverses_y)
    reverse (area.top, area.bottom, frame.height);
}

void swap_axes (PictureArea &area, FrameShape &frame)
{
  area = {area.top, area.left, area.bottom, area.right};
  frame = {frame.height, frame.width, frame.par_d, frame.par_n};
}

}  // namespace

Orientation orientation_of (const GstNumproMeta &meta)
{
  return Orientation::of (static_cast<GstVideoOrientationMethod> (meta.frame_orientation));
}

LaidNumber::LaidNumber (const GstNumproMeta &meta, const Orientation &as)
    : frame (shape_of (meta)),
      ink{static_cast<double> (meta.ink_x), static_cast<double> (meta.ink_y),
          static_cast<double> (meta.ink_x) + meta.ink_width,
          static_cast<double> (meta.ink_y) + meta.ink_height},
      orientation (as)
{
  const Orientation drawn = orientation_of (meta);
  reverse_axes (ink, drawn, frame);
  if (drawn.swaps_axes != as.swaps_axes)
    swap_axes (ink, frame);
  reverse_axes (ink, as, frame);
}

}  // namespace numpro
