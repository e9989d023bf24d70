/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include "style.h"

namespace numpro {

/** Where a stamp is, in pixels of its frame; may lie outside it. */
struct Box {
  int x = 0, y = 0;
  int width = 0, height = 0;
};

/** Where a style puts stamps on frames of one size. */
class Placement
{
 public:
  /**
   * @param stamp_height in pixels
   * @param x_step power of two: stamps start at multiples of it (chroma subsampling), to the left
   *   of where they would be otherwise
   */
  Placement (const Style &style, const GstVideoInfo &info, int stamp_height, int x_step);

  Box of (int stamp_width) const;

 private:
  GstNumproHAlign halign_;
  int frame_width_;
  int xpad_, deltax_, x_step_;
  int y_, height_;
};

}  // namespace numpro
