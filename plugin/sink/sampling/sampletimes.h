/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro.h>

namespace numpro {

/** The clock that a pipeline runs by. */
struct PipelineTime {
  GstClockTime clock = GST_CLOCK_TIME_NONE;     /**< its time now; NONE without a clock */
  GstClockTime base_time = GST_CLOCK_TIME_NONE; /**< its time at running time zero */
  GstClockTime utc = GST_CLOCK_TIME_NONE;       /**< wall-clock time now, ns since 1970 */

  static PipelineTime of (GstElement *element);
};

/**
 * Fills in the times of a sample.
 *
 * The wall-clock time is the one that an element upstream put on the buffer (a
 * GstReferenceTimestampMeta of the NTP or Unix clock), else the one at which the pipeline's clock
 * had, or will have, the buffer's running time.
 *
 * @param meta of the buffer
 * @param segment of the stream, as it is when the buffer arrives
 * @param period between samples in ns, GST_CLOCK_TIME_NONE when every number is sampled
 */
void fill_in_times (GstNumproSample &sample, GstBuffer *buffer, const GstNumproMeta &meta,
                    const GstSegment &segment, const PipelineTime &now, GstClockTime period);

}  // namespace numpro
