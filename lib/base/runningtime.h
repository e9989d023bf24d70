/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <algorithm>

#include "framelength.h"

namespace numpro {

/**
 * Running time in ns at which a frame is shown, GST_CLOCK_STIME_NONE when it is not known. Below
 * zero it lies before its segment. A frame of a stream that is played backwards is shown from its
 * end on, as sinks do.
 */
inline GstClockTimeDiff running_time_of (const GstSegment &segment, GstBuffer *buffer)
{
  if (segment.format != GST_FORMAT_TIME || !GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_CLOCK_STIME_NONE;
  GstClockTime position = GST_BUFFER_PTS (buffer);
  const GstClockTime duration = frame_length_of (buffer);
  if (segment.rate < 0 && GST_CLOCK_TIME_IS_VALID (duration))
    position = std::min (position + duration, std::max<GstClockTime> (segment.stop, position));
  guint64 time = 0;
  const int sign = gst_segment_to_running_time_full (&segment, GST_FORMAT_TIME, position, &time);
  return sign == 0 ? GST_CLOCK_STIME_NONE : sign * static_cast<GstClockTimeDiff> (time);
}

}  // namespace numpro
