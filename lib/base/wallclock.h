/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/** The clock that a pipeline runs by, and the wall clock. */
struct PipelineTime {
  GstClockTime clock = GST_CLOCK_TIME_NONE;     /**< its time now; NONE without a clock */
  GstClockTime base_time = GST_CLOCK_TIME_NONE; /**< its time at running time zero */
  GstClockTime utc = GST_CLOCK_TIME_NONE;       /**< wall-clock time now, ns since 1970 */

  static PipelineTime of (GstElement *element);

  /** Wall-clock time when the pipeline's clock has, or had, a running time; NONE if unknown. */
  GstClockTime utc_at (GstClockTime running_time) const;
};

/**
 * Wall-clock time of a frame that an element upstream put on its buffer: a
 * GstReferenceTimestampMeta of the Unix or NTP clock.
 *
 * @return ns since 1970, or GST_CLOCK_TIME_NONE
 */
GstClockTime reference_utc (GstBuffer *buffer);

/** Puts a wall-clock time on a buffer, as reference_utc() reads it. @param utc ns since 1970 */
void set_reference_utc (GstBuffer *buffer, GstClockTime utc);

}  // namespace numpro
