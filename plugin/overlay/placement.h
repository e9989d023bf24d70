/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "frameview.h"
#include "style.h"

namespace numpro {

/** Where a style puts stamps on frames of one size. */
class Placement
{
 public:
  /**
   * @param stamp_height in pixels, as it is seen
   * @param steps stamps start at multiples of them (chroma subsampling), to the left of and above
   *   where they would be otherwise, in the frame
   */
  Placement (const Style &style, const FrameView &view, int stamp_height, const PixelSteps &steps);

  /** @param stamp_width in pixels, as it is seen */
  Box of (int stamp_width) const;

 private:
  FrameView view_;
  GstNumproHAlign halign_;
  PixelSteps steps_;
  int xpad_, deltax_;
  int y_, height_;
};

}  // namespace numpro
