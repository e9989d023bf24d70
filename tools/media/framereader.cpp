/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framereader.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

#include <cstring>

namespace numpro::media {

namespace {

constexpr GstClockTime kPatience = 20 * GST_SECOND;

// BGRx is what cairo calls RGB24 where the lowest byte comes first.
constexpr char kPipeline[] =
    "filesrc name=file ! decodebin ! videoconvert ! videoscale ! "
    "video/x-raw, format=BGRx, pixel-aspect-ratio=1/1 ! appsink name=sink sync=false";
static_assert (G_BYTE_ORDER == G_LITTLE_ENDIAN);

SurfacePtr copy_picture (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return nullptr;
  SurfacePtr surface (cairo_image_surface_create (CAIRO_FORMAT_RGB24, info.width, info.height));
  unsigned char *to = cairo_image_surface_get_data (surface.get ());
  if (to) {
    const int to_stride = cairo_image_surface_get_stride (surface.get ());
    const auto *from = static_cast<const unsigned char *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0));
    const int from_stride = GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
    for (int y = 0; y < info.height; ++y)
      std::memcpy (to + y * to_stride, from + y * from_stride, info.width * 4U);
    cairo_surface_mark_dirty (surface.get ());
  }
  gst_video_frame_unmap (&frame);
  return surface;
}

}  // namespace

FrameReader::FrameReader (const std::string &location)
{
  pipeline_.reset (
      gst_parse_launch_full (kPipeline, nullptr, GST_PARSE_FLAG_FATAL_ERRORS, nullptr));
  if (!pipeline_) {
    problem_ = "GStreamer lacks an element to decode with.";
    return;
  }
  sink_.reset (gst_bin_get_by_name (GST_BIN (pipeline_.get ()), "sink"));
  const ElementPtr file (gst_bin_get_by_name (GST_BIN (pipeline_.get ()), "file"));
  g_object_set (file.get (), "location", location.c_str (), nullptr);

  gint64 duration = 0;
  gst_element_set_state (pipeline_.get (), GST_STATE_PAUSED);
  if (gst_element_get_state (pipeline_.get (), nullptr, nullptr, kPatience) !=
          GST_STATE_CHANGE_SUCCESS ||
      !gst_element_query_duration (pipeline_.get (), GST_FORMAT_TIME, &duration) || duration <= 0)
    problem_ = location + " cannot be read back.";
  duration_ = static_cast<GstClockTime> (duration);
}

FrameReader::~FrameReader ()
{
  if (pipeline_)
    gst_element_set_state (pipeline_.get (), GST_STATE_NULL);
}

Frame FrameReader::at (GstClockTime time)
{
  constexpr auto kExactly =
      static_cast<GstSeekFlags> (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE);
  if (!gst_element_seek_simple (pipeline_.get (), GST_FORMAT_TIME, kExactly,
                                static_cast<gint64> (time)) ||
      gst_element_get_state (pipeline_.get (), nullptr, nullptr, kPatience) !=
          GST_STATE_CHANGE_SUCCESS)
    return {};
  const MiniObjectPtr<GstSample> sample (
      gst_app_sink_try_pull_preroll (GST_APP_SINK (sink_.get ()), kPatience));
  if (!sample)
    return {};

  // The first frame after a seek is cut to begin at the time that was asked for.
  Frame frame;
  frame.time = gst_segment_to_stream_time (gst_sample_get_segment (sample.get ()), GST_FORMAT_TIME,
                                           GST_BUFFER_PTS (gst_sample_get_buffer (sample.get ())));
  frame.picture = copy_picture (sample.get ());
  return frame;
}

}  // namespace numpro::media
