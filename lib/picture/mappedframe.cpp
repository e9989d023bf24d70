/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mappedframe.h"

#include <algorithm>

namespace numpro {

namespace {

// The bytes of a plane, relative to its first row: rows may go upwards.
struct Extent {
  gssize begin, end;
};

int tiles (int stride)
{
  return GST_VIDEO_TILE_X_TILES (stride) * GST_VIDEO_TILE_Y_TILES (stride);
}

gssize default_size (const GstVideoInfo &info, guint plane)
{
  const bool last = plane + 1 == GST_VIDEO_INFO_N_PLANES (&info);
  return static_cast<gssize> ((last ? info.size : info.offset[plane + 1]) - info.offset[plane]);
}

Extent rows_of_plane (const GstVideoInfo &info, guint plane, int stride)
{
  const GstVideoFormatInfo *format = info.finfo;
  int rows = 1, row_bytes = 1;
  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (format); ++c) {
    if (GST_VIDEO_FORMAT_INFO_PLANE (format, c) != plane)
      continue;
    rows = std::max (
        rows, GST_VIDEO_FORMAT_INFO_SCALE_HEIGHT (format, c, GST_VIDEO_INFO_FIELD_HEIGHT (&info)));
    row_bytes = std::max (
        row_bytes, GST_VIDEO_FORMAT_INFO_SCALE_WIDTH (format, c, GST_VIDEO_INFO_WIDTH (&info)) *
                       GST_VIDEO_FORMAT_INFO_PSTRIDE (format, c));
  }
  // Where samples have no bytes of their own, a row is as long as its usual stride.
  if (GST_VIDEO_FORMAT_INFO_IS_COMPLEX (format))
    row_bytes = GST_VIDEO_INFO_PLANE_STRIDE (&info, plane);
  const gssize last_row = static_cast<gssize> (stride) * (rows - 1);
  return {std::min<gssize> (last_row, 0), std::max<gssize> (last_row, 0) + row_bytes};
}

// What a plane takes when its stride is this.
Extent extent_of_plane (const GstVideoInfo &info, guint plane, int stride)
{
  const int default_stride = GST_VIDEO_INFO_PLANE_STRIDE (&info, plane);
  if (GST_VIDEO_FORMAT_INFO_IS_TILED (info.finfo))
    return {0, default_size (info, plane) / tiles (default_stride) * tiles (stride)};
  if (GST_VIDEO_FORMAT_INFO_HAS_PALETTE (info.finfo) && plane > 0)
    return {0, default_size (info, plane)};
  return rows_of_plane (info, plane, stride);
}

// Without a GstVideoMeta, mapping has compared the buffer's size with the format's.
bool planes_lie_in_memory (const GstVideoInfo &info, const GstVideoFrame &frame)
{
  if (!frame.meta)
    return true;
  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (&info); ++p) {
    const GstMapInfo &map = frame.map[p];
    const Extent extent = extent_of_plane (info, p, GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p));
    const gssize first =
        static_cast<const guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, p)) - map.data;
    if (first + extent.begin < 0 || first + extent.end > static_cast<gssize> (map.size))
      return false;
  }
  return true;
}

}  // namespace

MappedFrame::MappedFrame (const GstVideoInfo &info, GstBuffer *buffer, GstMapFlags flags)
    : mapped_ (gst_video_frame_map (
          &frame_, &info, buffer,
          static_cast<GstMapFlags> (int{flags} | int{GST_VIDEO_FRAME_MAP_FLAG_NO_REF}))),
      whole_ (mapped_ && planes_lie_in_memory (info, frame_))
{
}

MappedFrame::~MappedFrame ()
{
  if (mapped_)
    gst_video_frame_unmap (&frame_);
}

}  // namespace numpro
