/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "contentpeak.h"

#include <gst/video/video-hdr.h>

#include <algorithm>

namespace numpro {

double content_peak (const GstCaps *caps)
{
  constexpr double kMasteringUnit = 0.0001;  // cd/m2
  double peak = 0;
  const auto note = [&] (double light) {
    // Encoders write zeros where nobody told them.
    if (light > 0)
      peak = peak > 0 ? std::min (peak, light) : light;
  };
  GstVideoMasteringDisplayInfo display;
  if (gst_video_mastering_display_info_from_caps (&display, caps))
    note (display.max_display_mastering_luminance * kMasteringUnit);
  GstVideoContentLightLevel content;
  if (gst_video_content_light_level_from_caps (&content, caps))
    note (content.max_content_light_level);
  return peak;
}

}  // namespace numpro
