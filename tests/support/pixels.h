/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <string>
#include <vector>

#include "handles.h"

using Bytes = std::vector<guint8>;

/** The bytes of a buffer, memories in a row. */
inline Bytes bytes_of (GstBuffer *buffer)
{
  Bytes bytes (gst_buffer_get_size (buffer));
  fail_unless_equals_uint64 (gst_buffer_extract (buffer, 0, bytes.data (), bytes.size ()),
                             bytes.size ());
  return bytes;
}

inline std::vector<Bytes> bytes_of (const std::vector<Buffer> &frames)
{
  std::vector<Bytes> all;
  for (const Buffer &buffer : frames)
    all.push_back (bytes_of (buffer.get ()));
  return all;
}

/** The picture of a buffer: the bytes that belong to pixels, whatever its strides and memories. */
inline Bytes picture_of (GstBuffer *buffer, const GstVideoInfo &info)
{
  GstVideoFrame frame;
  GstVideoInfo plain = info;
  fail_unless (gst_video_frame_map (&frame, &plain, buffer, GST_MAP_READ));
  Bytes bytes;
  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (&frame); ++p) {
    gint component[GST_VIDEO_MAX_COMPONENTS];
    gst_video_format_info_component (info.finfo, p, component);
    // The caps' size: a GstVideoMeta may speak of a larger frame around it.
    const int width = GST_VIDEO_INFO_COMP_WIDTH (&info, component[0]) *
                      GST_VIDEO_INFO_COMP_PSTRIDE (&info, component[0]);
    for (int y = 0; y < GST_VIDEO_INFO_COMP_HEIGHT (&info, component[0]); ++y) {
      const auto *row = static_cast<const guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, p)) +
                        y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p);
      bytes.insert (bytes.end (), row, row + width);
    }
  }
  gst_video_frame_unmap (&frame);
  return bytes;
}

inline GstVideoInfo info_from (const std::string &caps_text)
{
  Caps caps (gst_caps_from_string (caps_text.c_str ()));
  GstVideoInfo info;
  fail_unless (gst_video_info_from_caps (&info, caps.get ()), "%s", caps_text.c_str ());
  return info;
}

/** A frame that is no memory's and no pattern's in particular: every byte is this one. */
inline Buffer plain_frame (const GstVideoInfo &info, guint8 byte = 0x60)
{
  Buffer buffer (gst_buffer_new_allocate (nullptr, info.size, nullptr));
  gst_buffer_memset (buffer.get (), 0, byte, info.size);
  return buffer;
}
