/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <string>

#include "lib/base/gstowned.h"

namespace numpro::bench {

/** Format and size of the frames that a cell of the table is measured on. */
struct FrameKind {
  GstVideoFormat format = GST_VIDEO_FORMAT_UNKNOWN;
  int width = 0;
  int height = 0;

  bool operator== (const FrameKind &) const = default;

  std::string format_name () const { return gst_video_format_to_string (format); }
  std::string size_name () const; /**< WIDTHxHEIGHT */
  GstVideoInfo info () const;
  CapsPtr caps () const;

  /** Sets width and height. @return whether the text is WIDTHxHEIGHT, both above zero */
  bool set_size (const std::string &text);
};

}  // namespace numpro::bench
