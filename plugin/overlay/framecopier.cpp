/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framecopier.h"

#include <gst/video/gstvideopool.h>

#include "lib/picture/mappedframe.h"

namespace numpro {

FrameCopier::~FrameCopier ()
{
  if (pool_)
    gst_buffer_pool_set_active (pool_.get (), FALSE);
}

bool FrameCopier::start ()
{
  pool_.reset (gst_video_buffer_pool_new ());
  GstCaps *caps = gst_video_info_to_caps (&info_);
  GstStructure *config = gst_buffer_pool_get_config (pool_.get ());
  gst_buffer_pool_config_set_params (config, caps, static_cast<guint> (info_.size), 0, 0);
  gst_caps_unref (caps);
  if (gst_buffer_pool_set_config (pool_.get (), config) &&
      gst_buffer_pool_set_active (pool_.get (), TRUE))
    return true;
  pool_.reset ();
  return false;
}

GstBuffer *FrameCopier::copy (GstBuffer *frame)
{
  if (!pool_ && !start ())
    return nullptr;

  GstBuffer *copied = nullptr;
  if (gst_buffer_pool_acquire_buffer (pool_.get (), &copied, nullptr) != GST_FLOW_OK)
    return nullptr;

  bool done = false;
  {
    MappedFrame from (info_, frame, GST_MAP_READ);
    MappedFrame to (info_, copied, GST_MAP_WRITE);
    done = from && to && gst_video_frame_copy (&to.frame (), &from.frame ());
  }
  if (!done || !gst_buffer_copy_into (copied, frame, GST_BUFFER_COPY_METADATA, 0, -1)) {
    gst_buffer_unref (copied);
    return nullptr;
  }
  return copied;
}

}  // namespace numpro
