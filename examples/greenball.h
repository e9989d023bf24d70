/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

namespace examples {

/** A green ball that crosses the picture at a known time: something to ask about. */
class GreenBall
{
 public:
  static constexpr GstClockTime kAppears = 4900 * GST_MSECOND;
  static constexpr GstClockTime kIsGone = 7400 * GST_MSECOND;

  /** Draws it into the RGBx frames that leave a pad, by their timestamps. */
  static void roll_through (GstPad *pad);

 private:
  static GstPadProbeReturn on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer);
  static void draw (GstVideoFrame &frame, GstClockTime time);
};

}  // namespace examples
