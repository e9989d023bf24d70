/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "placement.h"

#include <cmath>

namespace numpro {

namespace {

// Along one axis; alignments count alike on both: near edge, middle, far edge.
int align (int alignment, int space, int pad)
{
  // Halves are taken downwards below zero too: a stamp that sticks out stays in step.
  return alignment == GST_NUMPRO_HALIGN_LEFT     ? pad
         : alignment == GST_NUMPRO_HALIGN_CENTER ? space >> 1
                                                 : space - pad;
}

}  // namespace

Placement::Placement (const Style &style, const GstVideoInfo &info, int stamp_height, int x_step)
    : halign_ (style.halign),
      frame_width_ (GST_VIDEO_INFO_WIDTH (&info)),
      deltax_ (style.deltax),
      x_step_ (x_step),
      height_ (stamp_height)
{
  const double scale = style.scale (info);
  const auto scaled = [&] (int pad) { return static_cast<int> (std::lround (pad * scale)); };
  xpad_ = scaled (style.xpad);
  y_ = align (style.valign, GST_VIDEO_INFO_FIELD_HEIGHT (&info) - height_, scaled (style.ypad)) +
       style.deltay;
}

Box Placement::of (int stamp_width) const
{
  const int x = align (halign_, frame_width_ - stamp_width, xpad_) + deltax_;
  return {x & -x_step_, y_, stamp_width, height_};
}

}  // namespace numpro
