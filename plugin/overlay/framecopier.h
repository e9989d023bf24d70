/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include "gst/numpro/owned.h"

namespace numpro {

/** Makes writable copies of frames that others hold too, in memory that is used again. */
class FrameCopier
{
 public:
  explicit FrameCopier (const GstVideoInfo &info) : info_ (info) {}
  ~FrameCopier ();
  FrameCopier (const FrameCopier &) = delete;
  FrameCopier &operator= (const FrameCopier &) = delete;

  /** @return a frame with the same pixels, flags, times and metas, owned by the caller; null when
   *  out of memory or when the buffer is smaller than its format says */
  GstBuffer *copy (GstBuffer *frame);

 private:
  bool start ();

  GstVideoInfo info_;
  OwnedBy<GstBufferPool, gst_object_unref> pool_;  // made when the first copy is needed
};

}  // namespace numpro
