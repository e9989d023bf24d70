/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <gst/gst.h>

#include <string>

#include "lib/base/gstowned.h"

namespace numpro::media {

using SurfacePtr = OwnedBy<cairo_surface_t, cairo_surface_destroy>;

/** A frame of a recording. */
struct Frame {
  GstClockTime time = GST_CLOCK_TIME_NONE; /**< in the recording */
  SurfacePtr picture;                      /**< with square pixels */
};

/** Decodes single frames of a video file. */
class FrameReader
{
 public:
  explicit FrameReader (const std::string &location);
  ~FrameReader ();
  FrameReader (const FrameReader &) = delete;
  FrameReader &operator= (const FrameReader &) = delete;

  /** Why nothing can be read, in a sentence; empty if it can. */
  const std::string &problem () const { return problem_; }

  GstClockTime duration () const { return duration_; }

  /** The frame shown at @time; without a picture where there is none. */
  Frame at (GstClockTime time);

 private:
  ElementPtr pipeline_, sink_;
  GstClockTime duration_ = 0;
  std::string problem_;
};

}  // namespace numpro::media
