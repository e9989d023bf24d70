/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "lib/picture/scaler.h"

/** The small picture of a frame. @param max_edge as that of numprosink */
inline numpro::Picture scaled_picture (GstVideoInfo info, GstBuffer *buffer, guint max_edge)
{
  numpro::Scaler scaler (info, max_edge);
  numpro::Picture picture;
  GstVideoFrame frame;
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ);
  scaler.scale (frame, picture);
  gst_video_frame_unmap (&frame);
  return picture;
}
