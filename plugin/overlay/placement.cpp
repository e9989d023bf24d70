/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "placement.h"

#include <cmath>

namespace numpro {

namespace {

// Halves and multiples are taken downwards below zero too: a stamp that sticks out stays in step.
int floor_div (int value, int by)
{
  return value >= 0 ? value / by : -((-value + by - 1) / by);
}

int floor_to (int value, int step)
{
  return floor_div (value, step) * step;
}

}  // namespace

Placement::Placement (const Style &style, const GstVideoInfo &info, int stamp_height, int x_step)
    : halign_ (style.halign),
      frame_width_ (GST_VIDEO_INFO_WIDTH (&info)),
      deltax_ (style.deltax),
      x_step_ (x_step),
      height_ (stamp_height)
{
  const int frame_height = GST_VIDEO_INFO_FIELD_HEIGHT (&info);
  const double scale = style.scale (info);
  const int ypad = static_cast<int> (std::lround (style.ypad * scale));
  xpad_ = static_cast<int> (std::lround (style.xpad * scale));

  switch (style.valign) {
    case GST_NUMPRO_VALIGN_TOP:
      y_ = ypad;
      break;
    case GST_NUMPRO_VALIGN_CENTER:
      y_ = floor_div (frame_height - stamp_height, 2);
      break;
    case GST_NUMPRO_VALIGN_BOTTOM:
      y_ = frame_height - stamp_height - ypad;
      break;
  }
  y_ += style.deltay;
}

Box Placement::of (int stamp_width) const
{
  int x = 0;
  switch (halign_) {
    case GST_NUMPRO_HALIGN_LEFT:
      x = xpad_;
      break;
    case GST_NUMPRO_HALIGN_CENTER:
      x = floor_div (frame_width_ - stamp_width, 2);
      break;
    case GST_NUMPRO_HALIGN_RIGHT:
      x = frame_width_ - stamp_width - xpad_;
      break;
  }
  return {floor_to (x + deltax_, x_step_), y_, stamp_width, height_};
}

}  // namespace numpro
