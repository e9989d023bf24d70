/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sinkharness.h"

#include <string>

#include "batchcollector.h"
#include "streammodel.h"

/** Frames of a kind. */
struct StreamFormat {
  const char *name;
  guint width, height, fps_n, fps_d;

  GstClockTime frame_time (guint64 frame) const
  {
    return gst_util_uint64_scale (frame, fps_d * GST_SECOND, fps_n);
  }
};

/** One stream, for the elements and for the model: both must make the same batches of it. */
class StreamFeed
{
 public:
  StreamFeed (const StreamRules &rules, const StreamFormat &format);

  void caps (const StreamFormat &format);
  void frame (GstClockTime pts);
  void gap (GstClockTime pts, GstClockTime duration);
  void reset_numbers ();
  void segment (GstClockTime start, GstClockTime time, GstClockTime base);
  /** A flushing seek to a position. */
  void seek (GstClockTime position);

  /** Ends the stream and compares. @param name for messages */
  void finish (const std::string &name);

 private:
  static std::string caps_of (const StreamFormat &format);
  void use (const StreamFormat &format);
  void compare (const std::string &name) const;
  void check_limits (const std::string &name) const;
  void check_counts (const std::string &name);

  StreamRules rules_;
  StreamModel model_;
  SinkHarness harness_;
  BatchCollector collector_;
  gsize size_ = 0;
};
