/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

namespace numpro {

/**
 * A frame mapped into memory, for as long as this lives.
 *
 * gst_video_frame_map() believes what a GstVideoMeta says of planes; here a frame whose planes do
 * not lie inside the buffer's memory is no frame.
 */
class MappedFrame
{
 public:
  MappedFrame (const GstVideoInfo &info, GstBuffer *buffer, GstMapFlags flags);
  ~MappedFrame ();
  MappedFrame (const MappedFrame &) = delete;
  MappedFrame &operator= (const MappedFrame &) = delete;

  /** Whether there is a frame. */
  explicit operator bool () const { return whole_; }

  /** @pre there is a frame */
  GstVideoFrame &frame () { return frame_; }

 private:
  GstVideoFrame frame_;
  bool mapped_;
  bool whole_;
};

}  // namespace numpro
