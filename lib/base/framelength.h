/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/**
 * A length of a frame in ns as caps or buffers state it; GST_CLOCK_TIME_NONE where nobody can mean
 * it. Of a recording without a frame rate decoders say that it has a thousand million frames a
 * second, and that each lasts 1 ns (avdec_h264 of GStreamer 1.22).
 */
constexpr GstClockTime meant_frame_length (GstClockTime stated)
{
  constexpr GstClockTime kShortest = 100 * GST_USECOND;
  return stated >= kShortest ? stated : GST_CLOCK_TIME_NONE;
}

/** The length that a buffer states. */
inline GstClockTime frame_length_of (GstBuffer *buffer)
{
  return meant_frame_length (GST_BUFFER_DURATION (buffer));
}

/** The length that a frame rate states; GST_CLOCK_TIME_NONE where there is none. */
inline GstClockTime frame_length_of_rate (gint fps_n, gint fps_d)
{
  return fps_n > 0 ? meant_frame_length (gst_util_uint64_scale_int (GST_SECOND, fps_d, fps_n))
                   : GST_CLOCK_TIME_NONE;
}

}  // namespace numpro
