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

Placement::Placement (const Style &style, const FrameView &view, int stamp_height,
                      const PixelSteps &steps)
    : view_ (view),
      halign_ (style.halign),
      steps_ (steps),
      deltax_ (style.deltax),
      height_ (stamp_height)
{
  const double scale = style.scale (view.info);
  const auto scaled = [&] (int pad, double density) {
    return static_cast<int> (std::lround (pad * scale * density));
  };
  xpad_ = scaled (style.xpad, view.x_density ());
  y_ = align (style.valign, view.height () - height_, scaled (style.ypad, view.y_density ())) +
       style.deltay;
}

Box Placement::of (int stamp_width) const
{
  const int x = align (halign_, view_.width () - stamp_width, xpad_) + deltax_;
  Box box = view_.in_frame ({x, y_, stamp_width, height_});
  box.x &= -steps_.x;
  box.y &= -steps_.y;
  return box;
}

}  // namespace numpro
