/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rtspcamera.h"

#include <gst/video/video.h>

#include <cstring>

#include "loopcheck.h"

namespace {

constexpr char kPath[] = "/camera";

guint8 *line_of (GstVideoFrame &frame, guint plane, int line)
{
  return static_cast<guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, plane)) +
         line * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, plane);
}

void paint_time (GstVideoFrame &frame, guint32 time)
{
  for (int y = 0; y < RtspCamera::kSquare; ++y) {
    for (int x = 0; x < RtspCamera::kBits * RtspCamera::kSquare; ++x)
      line_of (frame, 0, y)[x] = time >> (x / RtspCamera::kSquare) & 1 ? 235 : 16;
  }
}

void paint_blue (GstVideoFrame &frame)
{
  constexpr guint8 kBlue[] = {41, 240, 110};
  for (guint plane = 0; plane < 3; ++plane) {
    const int part = plane == 0 ? 1 : 2;
    for (int y = RtspCamera::kSquare / part; y < RtspCamera::kHeight / part; ++y)
      std::memset (line_of (frame, plane, y), kBlue[plane], RtspCamera::kWidth / part);
  }
}

void paint (GstBuffer *buffer, gint64 time, const RtspCamera::Scene &scene)
{
  GstVideoInfo info;
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, RtspCamera::kWidth, RtspCamera::kHeight);
  GstVideoFrame frame;
  if (!gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE))
    return;
  if (scene.period > 0 && time % scene.period < scene.length)
    paint_blue (frame);
  paint_time (frame, static_cast<guint32> (time));
  gst_video_frame_unmap (&frame);
}

// Reports are to give the times of pictures, not those at which they are sent.
void configure_rtpbin (GstBin *, GstElement *element, gpointer)
{
  if (g_str_equal (gst_plugin_feature_get_name (gst_element_get_factory (element)), "rtpbin"))
    g_object_set (element, "rtcp-sync-send-time", FALSE, nullptr);
}

}  // namespace

// What comes out of the source is taken now, and says so in its picture and in its timestamp.
GstPadProbeReturn RtspCamera::take_picture (GstPad *pad, GstPadProbeInfo *info, gpointer scene)
{
  const Element source (gst_pad_get_parent_element (pad));
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  GST_BUFFER_PTS (buffer) = gst_element_get_current_running_time (source.get ());
  paint (buffer, g_get_real_time () / 1000, *static_cast<const Scene *> (scene));
  return GST_PAD_PROBE_OK;
}

void RtspCamera::configure_media (GstRTSPMediaFactory *, GstRTSPMedia *media, gpointer scene)
{
  const Element bin (gst_rtsp_media_get_element (media));
  const Element source (gst_bin_get_by_name (GST_BIN (bin.get ()), "source"));
  const std::unique_ptr<GstPad, Freer<gst_object_unref>> pad (
      gst_element_get_static_pad (source.get (), "src"));
  gst_pad_add_probe (pad.get (), GST_PAD_PROBE_TYPE_BUFFER, take_picture, scene, nullptr);
  const std::unique_ptr<GstObject, Freer<gst_object_unref>> pipeline (
      gst_element_get_parent (bin.get ()));
  g_signal_connect (pipeline.get (), "element-added", G_CALLBACK (configure_rtpbin), nullptr);
}

RtspCamera::RtspCamera (GstClockTime delay, const Scene &scene)
    : scene_ (scene),
      context_ (g_main_context_new ()),
      loop_ (g_main_loop_new (context_.get (), FALSE)),
      server_ (gst_rtsp_server_new ())
{
  GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new ();
  const std::string line =
      "( videotestsrc name=source is-live=true pattern=ball ! video/x-raw,format=I420,width=" +
      std::to_string (kWidth) + ",height=" + std::to_string (kHeight) +
      ",framerate=" + std::to_string (scene.fps) +
      "/1 ! queue max-size-time=0 min-threshold-time=" + std::to_string (delay) +
      " ! jpegenc ! rtpjpegpay name=pay0 pt=26 )";
  gst_rtsp_media_factory_set_launch (factory, line.c_str ());
  g_signal_connect (factory, "media-configure", G_CALLBACK (configure_media), &scene_);

  const std::unique_ptr<GstRTSPMountPoints, Freer<g_object_unref>> mounts (
      gst_rtsp_server_get_mount_points (server_.get ()));
  gst_rtsp_mount_points_add_factory (mounts.get (), kPath, factory);
  gst_rtsp_server_set_address (server_.get (), "127.0.0.1");
  // Any port that is free.
  gst_rtsp_server_set_service (server_.get (), "0");
  source_ = gst_rtsp_server_attach (server_.get (), context_.get ());
  fail_unless_in_loop (source_ > 0, "no RTSP server");
  thread_ = std::thread ([this] { g_main_loop_run (loop_.get ()); });
}

RtspCamera::~RtspCamera ()
{
  g_main_loop_quit (loop_.get ());
  thread_.join ();
  if (GSource *source = g_main_context_find_source_by_id (context_.get (), source_))
    g_source_destroy (source);
}

std::string RtspCamera::address () const
{
  return "rtsp://127.0.0.1:" + std::to_string (gst_rtsp_server_get_bound_port (server_.get ())) +
         kPath;
}

guint32 RtspCamera::read_time (const guint8 *luma, int stride)
{
  guint32 time = 0;
  for (int bit = 0; bit < kBits; ++bit) {
    if (luma[kSquare / 2 * stride + bit * kSquare + kSquare / 2] >= 128)
      time |= guint32{1} << bit;
  }
  return time;
}
