/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encodedvideo.h"

#include <gst/app/gstappsink.h>

namespace numpro::bench {

EncodedVideo EncodedVideo::of (const std::string &encoder, unsigned frames)
{
  const std::string line =
      "videotestsrc pattern=ball num-buffers=" + std::to_string (frames) +
      " ! video/x-raw,format=I420,width=1920,height=1080,framerate=30/1 ! numproverlay ! " +
      encoder + " ! appsink name=sink sync=false";
  EncodedVideo video;
  GError *error = nullptr;
  const ElementPtr pipeline (
      gst_parse_launch_full (line.c_str (), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  if (const ErrorPtr why (error); why) {
    g_printerr ("%s\n", why->message);
    return video;
  }
  const ElementPtr sink (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "sink"));
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  while (GstSample *sample = gst_app_sink_pull_sample (GST_APP_SINK (sink.get ()))) {
    video.caps.reset (gst_caps_ref (gst_sample_get_caps (sample)));
    video.units.emplace_back (gst_buffer_ref (gst_sample_get_buffer (sample)));
    gst_sample_unref (sample);
  }
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  return video;
}

}  // namespace numpro::bench
