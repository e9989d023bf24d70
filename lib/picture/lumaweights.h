/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include "transfer.h"

namespace numpro {

/**
 * The shares of red, green and blue in the luma of a colour matrix (ITU-R BT.601, BT.709, BT.2020:
 * one formula, two constants).
 */
struct LumaWeights {
  double kr = 0, kb = 0;

  explicit LumaWeights (GstVideoColorMatrix matrix)
  {
    // Grey, RGB and unknown formats have no matrix; GStreamer converts them by BT.601.
    if (!gst_video_color_matrix_get_Kr_Kb (matrix, &kr, &kb))
      gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);
  }

  double kg () const { return 1 - kr - kb; }

  /** Y' of R'G'B', in the same unit. */
  double luma (const Rgb &rgb) const { return kr * rgb[0] + kg () * rgb[1] + kb * rgb[2]; }

  /** Y'CbCr of R'G'B' from 0 to 1: Y' in 0..1, Cb and Cr in -0.5..0.5. */
  Rgb to_ycbcr (const Rgb &rgb) const
  {
    const double y = luma (rgb);
    return {y, (rgb[2] - y) / (2 * (1 - kb)), (rgb[0] - y) / (2 * (1 - kr))};
  }
};

}  // namespace numpro
