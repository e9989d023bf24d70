/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "greenball.h"

#include <algorithm>
#include <cmath>

namespace examples {

void GreenBall::roll_through (GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, nullptr, nullptr);
}

GstPadProbeReturn GreenBall::on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer)
{
  const GstClockTime time = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  if (!GST_CLOCK_TIME_IS_VALID (time) || time < kAppears || time >= kIsGone)
    return GST_PAD_PROBE_OK;
  GstCaps *caps = gst_pad_get_current_caps (pad);
  GstVideoInfo video;
  const bool is_known = caps && gst_video_info_from_caps (&video, caps);
  gst_clear_caps (&caps);
  if (!is_known)
    return GST_PAD_PROBE_OK;
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  GstVideoFrame frame;
  if (gst_video_frame_map (&frame, &video, buffer, GST_MAP_READWRITE)) {
    draw (frame, time);
    gst_video_frame_unmap (&frame);
  }
  return GST_PAD_PROBE_OK;
}

void GreenBall::draw (GstVideoFrame &frame, GstClockTime time)
{
  const int width = GST_VIDEO_FRAME_WIDTH (&frame), height = GST_VIDEO_FRAME_HEIGHT (&frame);
  const int radius = height / 6;
  const double way = static_cast<double> (time - kAppears) / (kIsGone - kAppears);
  const int x = radius + static_cast<int> (way * (width - 2 * radius)), y = height / 2;
  auto *pixels = static_cast<guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0));
  for (int row = y - radius; row <= y + radius; ++row) {
    const int half = static_cast<int> (std::sqrt (radius * radius - (row - y) * (row - y)));
    guint8 *line = pixels + row * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
    for (int column = x - half; column < x + half; ++column)
      std::copy_n ("\x10\xc0\x20", 3, line + 4 * column);
  }
}

}  // namespace examples
