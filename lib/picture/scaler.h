/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include "areascaler.h"
#include "gst/numpro/owned.h"
#include "picture.h"

namespace numpro {

/** Makes small pictures of the frames of one format and size, with square pixels. */
class Scaler
{
 public:
  /**
   * @param max_edge longer edge of the picture in pixels; 0 = as the frame. No picture has more
   *   columns or rows than its frame.
   */
  Scaler (const GstVideoInfo &info, guint max_edge);

  int width () const { return width_; }
  int height () const { return height_; }

  /** Colours stay in the frame's own colorimetry, of which the picture tells. It is not turned. */
  void scale (GstVideoFrame &frame, Picture &picture);

 private:
  void make_plane_scalers ();
  void scale_planes (const GstVideoFrame &frame, Picture &picture);
  template <typename Sample>
  void convert (GstVideoFrame &frame, const Picture &picture, Sample *planes);

  GstVideoInfo info_, picture_info_;
  int width_, height_;
  bool is_deep_;  // pictures need more than 8 bits
  OwnedBy<GstVideoConverter, gst_video_converter_free> converter_;  // for what has no faster way
  AreaScaler luma_, chroma_;                                        // for all others
};

}  // namespace numpro
