/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/loopcheck.h"

/** An image as numprosink makes it. */
struct StampedImage {
  std::string jpeg;
  std::vector<guint64> numbers; /**< that are on it */
};

/** The images of all batches of a launch line that ends in a numprosink named "sink". */
inline std::vector<StampedImage> stamped_images (const std::string &line)
{
  constexpr GstClockTime kPatience = 60 * GST_SECOND;
  GstElement *pipeline = gst_parse_launch (line.c_str (), nullptr);
  fail_unless (pipeline != nullptr, "%s", line.c_str ());
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  std::vector<StampedImage> images;
  GstNumproBatch *batch = nullptr;
  while (g_signal_emit_by_name (sink, "try-pull-batch", kPatience, &batch), batch) {
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
    for (guint i = 0; i < gst_numpro_batch_get_n_images (batch); ++i) {
      const gchar *name = gst_numpro_batch_get_image_name (batch, i);
      gsize size = 0;
      const auto *data = static_cast<const char *> (
          g_bytes_get_data (gst_numpro_batch_get_image (batch, name), &size));
      images.push_back ({std::string (data, size), {}});
      for (guint k = 0; k < gst_numpro_ledger_get_length (ledger); ++k) {
        const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, k);
        if (g_str_equal (sample->image, name))
          images.back ().numbers.push_back (sample->number);
      }
    }
    gst_numpro_batch_unref (batch);
    batch = nullptr;
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  fail_if (images.empty (), "%s made no images", line.c_str ());
  return images;
}

/** Frames of videotestsrc with numbers from @start on. */
inline std::vector<StampedImage> stamped_frames (const std::string &pattern, int count,
                                                 guint64 start, const std::string &overlay = "",
                                                 const std::string &sink = "")
{
  return stamped_images ("videotestsrc num-buffers=" + std::to_string (count) + " pattern=" +
                         pattern + " ! video/x-raw,format=I420,width=640,height=360 ! " +
                         "numproverlay start=" + std::to_string (start) + " " + overlay +
                         " ! numprosink name=sink batch-size=1000 max-edge=336 " + sink);
}
