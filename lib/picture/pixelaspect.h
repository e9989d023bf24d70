/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

namespace numpro {

/**
 * The width of a pixel of which the height is one, as frames are shown. Where caps do not tell, or
 * tell what can only be a mistake, pixels are square.
 */
inline double pixel_aspect (const GstVideoInfo &info)
{
  constexpr double kMost = 10;
  if (GST_VIDEO_INFO_PAR_N (&info) <= 0 || GST_VIDEO_INFO_PAR_D (&info) <= 0)
    return 1;
  const double aspect =
      static_cast<double> (GST_VIDEO_INFO_PAR_N (&info)) / GST_VIDEO_INFO_PAR_D (&info);
  return aspect > kMost || aspect < 1 / kMost ? 1 : aspect;
}

}  // namespace numpro
