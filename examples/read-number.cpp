/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Reads the numbers of frames in an application: from the meta on each buffer, not from pixels.

#include <gst/app/gstappsink.h>
#include <gst/numpro/numpro.h>

#include <cstdio>

namespace {

constexpr char kPipeline[] =
    "videotestsrc num-buffers=75 ! video/x-raw, width=640, height=360, framerate=25/1 ! "
    "numproverlay numbering=time rate=2/1 ! videoconvert ! video/x-raw, format=RGB ! "
    "appsink name=sink";

double seconds (GstClockTime time)
{
  return static_cast<double> (time) / GST_SECOND;
}

}  // namespace

int main (int argc, char **argv)
{
  gst_init (&argc, &argv);

  g_autoptr (GError) error = nullptr;
  g_autoptr (GstElement) pipeline =
      gst_parse_launch_full (kPipeline, nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (!pipeline) {
    std::fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  guint64 next_slot = 0;
  for (;;) {
    g_autoptr (GstSample) sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
    if (!sample)
      break;
    GstBuffer *buffer = gst_sample_get_buffer (sample);
    const GstNumproMeta *meta = gst_buffer_get_numpro_meta (buffer);
    // Several frames carry one number; show the first of each.
    if (!meta || meta->slot < next_slot)
      continue;
    next_slot = meta->slot + 1;
    std::printf ("number %" G_GUINT64_FORMAT ": first frame at %.3f s, shown for %.3f s\n",
                 meta->number, seconds (GST_BUFFER_PTS (buffer)), seconds (meta->slot_duration));
  }

  gst_element_set_state (pipeline, GST_STATE_NULL);
  return next_slot > 0 ? 0 : 1;
}
