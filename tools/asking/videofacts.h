/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

#include <string>

namespace numpro::asking {

/** What a recording says of itself. */
struct VideoFacts {
  std::string problem;                         /**< why it cannot be asked about, in a sentence */
  GstClockTime duration = GST_CLOCK_TIME_NONE; /**< where it is told */
  double width = 0, height = 0; /**< as it is shown, but for turns; 0 where nobody knows */
  gint fps_n = 0, fps_d = 1;    /**< 0/1 where there is no fixed rate */
  bool has_numbers = false;     /**< recorded with its frames */
  /** How players are to turn its pictures. */
  GstVideoOrientationMethod turn = GST_VIDEO_ORIENTATION_IDENTITY;
};

/** Looks into a file: reads the first second of its video, without decoding it. */
VideoFacts find_facts (const std::string &input);

}  // namespace numpro::asking
