/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include "lib/picture/orientation.h"
#include "lib/picture/pixelaspect.h"

namespace numpro {

/** Where a stamp is, in pixels of its frame; may lie outside it. */
struct Box {
  int x = 0, y = 0;
  int width = 0, height = 0;
};

/**
 * Where something is in an area that lies, which is there as the area is seen.
 *
 * @param width of the area in pixels, as it lies
 * @param height the same
 */
inline Box lay (const Box &seen, const Orientation &orientation, int width, int height)
{
  Box box = seen;
  if (orientation.swaps_axes)
    box = {seen.y, seen.x, seen.height, seen.width};
  if (orientation.reverses_x)
    box.x = width - box.x - box.width;
  if (orientation.reverses_y)
    box.y = height - box.y - box.height;
  return box;
}

/** Powers of two whose multiples stamps start at and cells end at, in pixels of the frame. */
struct PixelSteps {
  int x = 1, y = 1;
  bool operator== (const PixelSteps &) const = default;
};

/** Frames of one format and size as somebody sees them, turned and with pixels of their shape. */
struct FrameView {
  GstVideoInfo info;
  Orientation orientation{};

  /** Of the frame as it is seen, in its pixels. */
  int width () const { return orientation.swaps_axes ? frame_height () : frame_width (); }
  int height () const { return orientation.swaps_axes ? frame_width () : frame_height (); }

  /** Pixels that are as long as a row of the frame is high, along the axes that are seen. */
  double x_density () const { return orientation.swaps_axes ? 1 : 1 / pixel_aspect (info); }
  double y_density () const { return orientation.swaps_axes ? 1 / pixel_aspect (info) : 1; }

  /** Where something is in the frame that is seen at such a place. */
  Box in_frame (const Box &seen) const
  {
    return lay (seen, orientation, frame_width (), frame_height ());
  }

 private:
  int frame_width () const { return GST_VIDEO_INFO_WIDTH (&info); }
  int frame_height () const { return GST_VIDEO_INFO_FIELD_HEIGHT (&info); }
};

}  // namespace numpro
