/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlaystream.h"

#include <algorithm>
#include <numeric>
#include <random>

OverlayStream::OverlayStream (const std::string &properties)
    : harness_ (gst_harness_new_parse (("numproverlay name=overlay " + properties).c_str ())),
      element_ (gst_bin_get_by_name (GST_BIN (harness_->element), "overlay"))
{
  gst_harness_set_drop_buffers (harness_, FALSE);
}

OverlayStream::~OverlayStream ()
{
  gst_object_unref (element_);
  gst_harness_teardown (harness_);
}

void OverlayStream::set_caps (const GstVideoInfo &info)
{
  gst_harness_set_src_caps (harness_, gst_video_info_to_caps (&info));
}

void OverlayStream::set_caps (const std::string &caps)
{
  gst_harness_set_src_caps_str (harness_, caps.c_str ());
}

GstBuffer *OverlayStream::push (GstBuffer *buffer)
{
  last_flow_ = gst_harness_push (harness_, buffer);
  return last_flow_ == GST_FLOW_OK ? gst_harness_pull (harness_) : nullptr;
}

GstVideoInfo video_info (GstVideoFormat format, int width, int height,
                         const std::string &colorimetry, GstVideoInterlaceMode interlace)
{
  GstVideoInfo info;
  gst_video_info_set_interlaced_format (&info, format, interlace, static_cast<guint> (width),
                                        static_cast<guint> (height));
  info.fps_n = 30;
  info.fps_d = 1;
  if (!colorimetry.empty ())
    gst_video_colorimetry_from_string (&info.colorimetry, colorimetry.c_str ());
  return info;
}

static void convert (GstBuffer *from, const GstVideoInfo &from_info, GstBuffer *to,
                     const GstVideoInfo &to_info)
{
  GstVideoInfo in = from_info, out = to_info;
  // Neither dithered nor smoothed: each pixel comes out as itself.
  GstStructure *config = gst_structure_new (
      "config", GST_VIDEO_CONVERTER_OPT_DITHER_METHOD, GST_TYPE_VIDEO_DITHER_METHOD,
      GST_VIDEO_DITHER_NONE, GST_VIDEO_CONVERTER_OPT_CHROMA_MODE, GST_TYPE_VIDEO_CHROMA_MODE,
      GST_VIDEO_CHROMA_MODE_NONE, nullptr);
  GstVideoConverter *converter = gst_video_converter_new (&in, &out, config);
  GstVideoFrame from_frame, to_frame;
  gst_video_frame_map (&from_frame, &in, from, GST_MAP_READ);
  gst_video_frame_map (&to_frame, &out, to, GST_MAP_WRITE);
  gst_video_converter_frame (converter, &from_frame, &to_frame);
  gst_video_frame_unmap (&to_frame);
  gst_video_frame_unmap (&from_frame);
  gst_video_converter_free (converter);
}

// A frame from ARGB bytes, four a pixel.
template <typename NextByte>
static GstBuffer *make_frame (const GstVideoInfo &info, NextByte next_byte)
{
  const GstVideoInfo source = video_info (GST_VIDEO_FORMAT_ARGB, GST_VIDEO_INFO_WIDTH (&info),
                                          GST_VIDEO_INFO_HEIGHT (&info));
  BufferPtr argb (gst_buffer_new_allocate (nullptr, source.size, nullptr));
  GstMapInfo map;
  gst_buffer_map (argb.get (), &map, GST_MAP_WRITE);
  for (gsize i = 0; i < map.size; ++i)
    map.data[i] = next_byte (i % 4);
  gst_buffer_unmap (argb.get (), &map);

  GstBuffer *frame = gst_buffer_new_allocate (nullptr, info.size, nullptr);
  gst_buffer_memset (frame, 0, 0, info.size);
  GstVideoInfo progressive = info;
  progressive.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  convert (argb.get (), source, frame, progressive);
  GST_BUFFER_PTS (frame) = 0;
  return frame;
}

GstBuffer *noise_frame (const GstVideoInfo &info, guint32 seed)
{
  std::minstd_rand random (seed + 1);
  return make_frame (info, [&] (gsize byte) {
    return byte == 0 ? guint8{0xff} : static_cast<guint8> (random () >> 8);
  });
}

GstBuffer *solid_frame (const GstVideoInfo &info, guint32 argb)
{
  return make_frame (info,
                     [&] (gsize byte) { return static_cast<guint8> (argb >> (24 - 8 * byte)); });
}

GstBuffer *drawn_frame (const GstVideoInfo &info,
                        const std::function<guint32 (int x, int y)> &argb_at)
{
  const int width = GST_VIDEO_INFO_WIDTH (&info);
  int pixel = 0;
  return make_frame (info, [&] (gsize byte) {
    const guint32 argb = argb_at (pixel % width, pixel / width);
    pixel += byte == 3;
    return static_cast<guint8> (argb >> (24 - 8 * byte));
  });
}

std::vector<guint8> unpack (GstBuffer *buffer, const GstVideoInfo &info)
{
  const GstVideoFormatInfo *format = info.finfo;
  const int pixel =
      GST_VIDEO_FORMAT_INFO_PSTRIDE (gst_video_format_get_info (format->unpack_format), 0);
  const int width = GST_VIDEO_INFO_WIDTH (&info), height = GST_VIDEO_INFO_HEIGHT (&info);
  std::vector<guint8> pixels (static_cast<std::size_t> (width) * height * pixel);
  GstVideoInfo mapped = info;
  GstVideoFrame frame;
  gst_video_frame_map (&frame, &mapped, buffer, GST_MAP_READ);
  for (int y = 0; y < height; ++y) {
    format->unpack_func (format, GST_VIDEO_PACK_FLAG_TRUNCATE_RANGE,
                         pixels.data () + static_cast<std::size_t> (y) * width * pixel, frame.data,
                         frame.info.stride, 0, y, width);
  }
  gst_video_frame_unmap (&frame);
  return pixels;
}

std::vector<guint8> to_rgba (GstBuffer *buffer, const GstVideoInfo &info)
{
  const GstVideoInfo rgba = video_info (GST_VIDEO_FORMAT_RGBA, GST_VIDEO_INFO_WIDTH (&info),
                                        GST_VIDEO_INFO_HEIGHT (&info));
  BufferPtr converted (gst_buffer_new_allocate (nullptr, rgba.size, nullptr));
  convert (buffer, info, converted.get (), rgba);
  return bytes_of (converted.get ());
}

std::vector<guint8> bytes_of (GstBuffer *buffer)
{
  std::vector<guint8> bytes (gst_buffer_get_size (buffer));
  gst_buffer_extract (buffer, 0, bytes.data (), bytes.size ());
  return bytes;
}

Box InkMap::box (int threshold) const
{
  Box box = {width, height, 0, 0};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (at (x, y) <= threshold)
        continue;
      box = {std::min (box.left, x), std::min (box.top, y), std::max (box.right, x + 1),
             std::max (box.bottom, y + 1)};
    }
  }
  return box;
}

guint64 InkMap::total () const
{
  return std::accumulate (pixels.begin (), pixels.end (), guint64{0});
}

InkMap draw_ink (int width, int height, const std::string &properties)
{
  // Full range: black is 0 and white 255.
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_GRAY8, width, height, "1:4:0:0");
  OverlayStream stream ("color=0xffffffff " + properties);
  stream.set_caps (info);
  GstBuffer *frame = gst_buffer_new_allocate (nullptr, info.size, nullptr);
  gst_buffer_memset (frame, 0, 0, info.size);
  GST_BUFFER_PTS (frame) = 0;
  BufferPtr stamped (stream.push (frame));

  InkMap ink{width, height, {}};
  const std::vector<guint8> bytes = bytes_of (stamped.get ());
  for (int y = 0; y < height; ++y) {
    const auto row = bytes.begin () + y * GST_VIDEO_INFO_PLANE_STRIDE (&info, 0);
    ink.pixels.insert (ink.pixels.end (), row, row + width);
  }
  return ink;
}
