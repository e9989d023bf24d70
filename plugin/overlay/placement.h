/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "style.h"

namespace numpro {

/** Top left corner of a stamp in pixels of its frame; may lie outside it. */
struct Place {
  int x = 0, y = 0;
};

/** Where a style puts stamps on frames of one size. */
class Placement
{
 public:
  /**
   * @param stamp_height in pixels
   * @param x_step stamps start at multiples of this (chroma subsampling), to the left of where
   *   they would be otherwise
   */
  Placement (const Style &style, int frame_width, int frame_height, int stamp_height, int x_step);

  Place of (int stamp_width) const;

 private:
  GstNumproHAlign halign_;
  int frame_width_;
  int xpad_, deltax_, x_step_;
  int y_;
};

}  // namespace numpro
