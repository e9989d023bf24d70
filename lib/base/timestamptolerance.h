/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/**
 * How early a timestamp may be and still be meant: containers round times to milliseconds, and
 * cameras jitter. In ns.
 */
constexpr GstClockTime kTimestampTolerance = GST_MSECOND;

/**
 * How long a frame is to be seen, as its stream or its buffer says; GST_CLOCK_TIME_NONE where that
 * is not to be believed. In ns.
 *
 * Where frames come at no fixed rate recordings promise the ticks of their clock, such as 90000 a
 * second, and decoders say a nanosecond: less than what times are rounded by says nothing.
 */
constexpr GstClockTime believable_duration (GstClockTime frame)
{
  return frame >= kTimestampTolerance ? frame : GST_CLOCK_TIME_NONE;
}

}  // namespace numpro
