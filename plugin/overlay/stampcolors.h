/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <vector>

#include "contrast.h"
#include "style.h"

namespace numpro {

/** The colours of a stamp as frames of one format show them: where there are only greys, greys. */
struct StampColors {
  struct Paint {
    Rgb color;
    double opacity = 0; /**< 0..1 */
  };

  Paint fill;
  std::vector<Paint> outlines; /**< as Style::outline_colors() */
  double shade = 0;            /**< 0..1: how much darker the frame is under the stamp */

  StampColors (const Style &style, const GstVideoFormatInfo *format,
               const GstVideoColorimetry &colorimetry);
};

}  // namespace numpro
