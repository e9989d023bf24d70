/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <algorithm>
#include <cmath>

namespace numpro {

/** Size of a frame as it is stored, and of its pixels as they are displayed. */
struct FrameShape {
  guint width = 0, height = 0; /**< pixels; of frames that are fields, of one of them */
  guint par_n = 0, par_d = 0;  /**< a pixel is as wide to as high; a row of a field is two high */

  FrameShape () = default;
  FrameShape (guint frame_width, guint frame_height, guint n, guint d)
      : width (frame_width), height (frame_height), par_n (n), par_d (d)
  {
  }
  explicit FrameShape (const GstVideoInfo &info)
      : width (static_cast<guint> (GST_VIDEO_INFO_WIDTH (&info))),
        height (static_cast<guint> (GST_VIDEO_INFO_FIELD_HEIGHT (&info))),
        par_n (static_cast<guint> (GST_VIDEO_INFO_PAR_N (&info))),
        par_d (static_cast<guint> (GST_VIDEO_INFO_PAR_D (&info)))
  {
    if (GST_VIDEO_INFO_INTERLACE_MODE (&info) == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
      par_d *= 2;
  }

  /** Width of a pixel whose height is 1. */
  double pixel_width () const { return static_cast<double> (par_n) / par_d; }

  /** Whether this may be the other one, scaled: they are displayed in one shape. */
  bool is_like (const FrameShape &other) const
  {
    // Whoever scales makes whole pixels of both edges.
    const double rounding =
        1.0 / std::min (width, height) + 1.0 / std::min (other.width, other.height);
    return std::abs (aspect () / other.aspect () - 1) < rounding;
  }

 private:
  double aspect () const { return width * pixel_width () / height; }
};

}  // namespace numpro
