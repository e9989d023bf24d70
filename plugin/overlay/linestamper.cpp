/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linestamper.h"

#include <algorithm>

namespace numpro {

namespace {

// Packing takes the chroma of the first pixel of a group, so a stamp may start anywhere.
constexpr int kXStep = 1;

GstVideoPackFlags pack_flags (const GstVideoInfo &info)
{
  // Low bits that a format does not have are left out, not made up: lines come back as they were.
  int flags = GST_VIDEO_PACK_FLAG_TRUNCATE_RANGE;
  if (GST_VIDEO_INFO_INTERLACE_MODE (&info) == GST_VIDEO_INTERLACE_MODE_INTERLEAVED)
    flags |= GST_VIDEO_PACK_FLAG_INTERLACED;
  return static_cast<GstVideoPackFlags> (flags);
}

// UYVP is packed in pairs of pixels, and GStreamer's row of an odd width may lack room for the last
// pair: that one column stays as it is.
int drawable_width (const GstVideoInfo &info)
{
  const int width = GST_VIDEO_INFO_WIDTH (&info);
  return GST_VIDEO_INFO_FORMAT (&info) == GST_VIDEO_FORMAT_UYVP ? width - width % 2 : width;
}

}  // namespace

LineStamper::LineStamper (const Style &style, const GstVideoInfo &info, AtlasCache &atlases)
    : Stamper (style, info, atlases, kXStep),
      info_ (info),
      unpacked_ (gst_video_format_get_info (info.finfo->unpack_format)),
      painter_ (atlas (), style, *SampleLayout::of (unpacked_), info.colorimetry)
{
  const std::size_t line_bytes = static_cast<std::size_t> (GST_VIDEO_INFO_WIDTH (&info)) *
                                 GST_VIDEO_FORMAT_INFO_PSTRIDE (unpacked_, 0);
  lines_.resize (line_bytes / sizeof (guint16) * atlas ()->height ());
}

Box LineStamper::stamp (const GstVideoFrame &frame, std::string_view text)
{
  const GstVideoFormatInfo *format = info_.finfo;
  const int width = drawable_width (info_);
  const Box at = place (text);
  const int first = std::max (at.y, 0);
  const int last = std::min (at.y + atlas ()->height (), GST_VIDEO_INFO_FIELD_HEIGHT (&info_));
  if (first >= last)
    return at;

  Plane lines;
  lines.data = reinterpret_cast<guint8 *> (lines_.data ());
  lines.width = width * GST_VIDEO_FORMAT_INFO_PSTRIDE (unpacked_, 0);
  lines.stride = lines.width;
  lines.height = last - first;

  const GstVideoPackFlags flags = pack_flags (info_);
  // The pack functions declare the frame's arrays writable, and only read them.
  auto *frame_data = const_cast<gpointer *> (frame.data);
  for (int y = first; y < last; ++y) {
    format->unpack_func (format, flags, lines.data + (y - first) * lines.stride, frame_data,
                         frame.info.stride, 0, y, width);
  }
  painter_.paint ({&lines, 1}, text, at.x, at.y - first);
  for (int y = first; y < last; ++y) {
    format->pack_func (format, flags, lines.data + (y - first) * lines.stride, 0, frame_data,
                       frame.info.stride, info_.chroma_site, y, width);
  }
  return at;
}

}  // namespace numpro
