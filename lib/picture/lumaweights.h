/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

namespace numpro {

/** The shares of red, green and blue in the luma of a colour matrix (ITU-R BT.601, 709, 2020). */
struct LumaWeights {
  double kr = 0, kb = 0;

  explicit LumaWeights (GstVideoColorMatrix matrix)
  {
    // Grey, RGB and unknown formats have no matrix; GStreamer converts them by BT.601.
    if (!gst_video_color_matrix_get_Kr_Kb (matrix, &kr, &kb))
      gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);
  }

  double kg () const { return 1 - kr - kb; }
};

}  // namespace numpro
