/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linestamper.h"

#include <algorithm>

#include "lib/picture/mappedframe.h"

namespace numpro {

namespace {

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

// Numbers are painted on unpacked lines, of which grey formats keep the luma.
const GstVideoFormatInfo *format_of_colors (const GstVideoInfo &info,
                                            const GstVideoFormatInfo *unpacked)
{
  return GST_VIDEO_INFO_IS_GRAY (&info) ? info.finfo : unpacked;
}

}  // namespace

LineStamper::LineStamper (const Style &style, const FrameView &view, AtlasPtr &last_atlas)
    // Packing takes the chroma of the first pixel of a group, so a stamp may start anywhere.
    : Stamper (style, view, last_atlas, {}),
      unpacked_ (gst_video_format_get_info (view.info.finfo->unpack_format)),
      painter_ (atlas (), style, *SampleLayout::of (unpacked_), view.info.colorimetry),
      colors_ (style, format_of_colors (view.info, unpacked_), view.info.colorimetry),
      ground_ (*SampleLayout::of (unpacked_), view.info)
{
}

std::optional<Box> LineStamper::stamp (GstBuffer *buffer, std::string_view text,
                                       Legibility &legibility)
{
  MappedFrame mapped (info (), buffer, GST_MAP_READWRITE);
  if (!mapped)
    return std::nullopt;
  const GstVideoFrame &frame = mapped.frame ();
  const GstVideoFormatInfo *format = info ().finfo;
  const int width = drawable_width (info ());
  const Box at = place (text);
  const int first = std::max (at.y, 0);
  const int last = std::min (at.y + at.height, GST_VIDEO_INFO_FIELD_HEIGHT (&info ()));
  if (first >= last) {
    if (legibility.due ())
      legibility.judge (colors_, std::nullopt);
    return at;
  }

  const int line_bytes = width * GST_VIDEO_FORMAT_INFO_PSTRIDE (unpacked_, 0);
  const std::size_t needed = static_cast<std::size_t> (line_bytes) * (last - first);
  lines_.resize (std::max (lines_.size (), needed / sizeof (guint16) + 1));
  const Plane lines = {reinterpret_cast<guint8 *> (lines_.data ()), line_bytes, line_bytes,
                       last - first};

  const GstVideoPackFlags flags = pack_flags (info ());
  // The pack functions declare the frame's arrays writable, and only read them.
  auto *frame_data = const_cast<gpointer *> (frame.data);
  for (int y = first; y < last; ++y) {
    format->unpack_func (format, flags, lines.data + (y - first) * lines.stride, frame_data,
                         frame.info.stride, 0, y, width);
  }
  const Box on_lines = {at.x, at.y - first, at.width, at.height};
  if (legibility.due ()) {
    legibility.judge (colors_,
                      ground_.read (on_lines, {&lines, 1}, width, lines.height, colors_.shade));
  }
  painter_.paint ({&lines, 1}, text, on_lines.x, on_lines.y, legibility.outline ());
  for (int y = first; y < last; ++y) {
    format->pack_func (format, flags, lines.data + (y - first) * lines.stride, 0, frame_data,
                       frame.info.stride, info ().chroma_site, y, width);
  }
  return at;
}

}  // namespace numpro
