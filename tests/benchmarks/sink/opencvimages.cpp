/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "opencvimages.h"

#include <fstream>

#include "imageway.h"
#include "tests/benchmarks/pythonprogram.h"

namespace numpro::bench {

bool OpencvImages::installed ()
{
  return python_can (
      "import cv2, gi; gi.require_version('GstApp', '1.0'); from gi.repository import Gst, GstApp");
}

OpencvImages::OpencvImages (const std::vector<GstBuffer *> &frames, const FrameKind &kind,
                            const std::string &directory)
    : kind_ (kind), file_ (directory + "/frames.i420")
{
  std::ofstream out (file_, std::ios::binary);
  for (GstBuffer *frame : frames) {
    GstMapInfo map;
    gst_buffer_map (frame, &map, GST_MAP_READ);
    out.write (reinterpret_cast<const char *> (map.data), static_cast<std::streamsize> (map.size));
    gst_buffer_unmap (frame, &map);
  }
}

std::optional<std::vector<double>> OpencvImages::run (int max_edge, unsigned samples, unsigned runs,
                                                      const std::string &directory) const
{
  const FrameKind image = image_kind (kind_, max_edge);
  return times_by_python (
      {OPENCV_IMAGES, "--frames", file_, "--width", std::to_string (kind_.width), "--height",
       std::to_string (kind_.height), "--image-width", std::to_string (image.width),
       "--image-height", std::to_string (image.height), "--samples", std::to_string (samples),
       "--runs", std::to_string (runs), "--directory", directory},
      runs);
}

}  // namespace numpro::bench
