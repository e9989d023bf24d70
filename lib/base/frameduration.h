/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "timestamptolerance.h"

namespace numpro {

/**
 * How long a frame is to be seen, as its buffer says, in ns; GST_CLOCK_TIME_NONE where it does not.
 *
 * Where a stream has no frame rate decoders may say a nanosecond: less than what times are rounded
 * by says nothing.
 */
inline GstClockTime frame_duration_of (GstBuffer *buffer)
{
  const GstClockTime duration = GST_BUFFER_DURATION (buffer);
  return duration >= kTimestampTolerance ? duration : GST_CLOCK_TIME_NONE;
}

}  // namespace numpro
