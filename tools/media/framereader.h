/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <gst/gst.h>

#include <memory>
#include <string>

namespace examples {

struct SurfaceDestroy {
  void operator() (cairo_surface_t *surface) const { cairo_surface_destroy (surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDestroy>;

/** A frame of a recording. */
struct Frame {
  GstClockTime time = GST_CLOCK_TIME_NONE; /**< in the recording */
  Surface picture;                         /**< with square pixels */
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
  struct Unref {
    void operator() (gpointer object) const { gst_object_unref (object); }
  };

  std::unique_ptr<GstElement, Unref> pipeline_;
  std::unique_ptr<GstElement, Unref> sink_;
  GstClockTime duration_ = 0;
  std::string problem_;
};

}  // namespace examples
