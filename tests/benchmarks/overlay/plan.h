/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

#include "pace.h"
#include "tests/benchmarks/framekind.h"

namespace numpro::bench {

/** What is measured, and how much of it. */
struct Plan {
  struct Size {
    int width, height;
  };

  std::vector<GstVideoFormat> formats = {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_NV12,
                                         GST_VIDEO_FORMAT_BGRA, GST_VIDEO_FORMAT_P010_10LE};
  std::vector<Size> sizes = {{336, 336}, {1920, 1080}, {3840, 2160}};
  Pace pace;
};

}  // namespace numpro::bench
