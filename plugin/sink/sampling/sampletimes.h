/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro.h>

#include "lib/base/wallclock.h"
#include "sampledframe.h"

namespace numpro {

/** How frames and samples come, in ns of running time, or GST_CLOCK_TIME_NONE. */
struct StreamPace {
  GstClockTime frame_interval;  /**< from frame to frame, as it was lately */
  GstClockTime sample_interval; /**< from sample to sample, likewise */
  GstClockTime due;             /**< as that of the Sampler */
};

/**
 * Fills in the times of a sample, its pace, and its wall-clock times: the one that an element
 * upstream put on the buffer (a GstReferenceTimestampMeta of the NTP or Unix clock), and the one at
 * which the pipeline's clock had, or will have, the buffer's running time.
 *
 * @param meta of the buffer
 * @param segment of the stream, as it is when the buffer arrives
 */
void fill_in_times (SampledFrame &frame, GstBuffer *buffer, const GstNumproMeta &meta,
                    const GstSegment &segment, const PipelineTime &now, const StreamPace &pace);

/** Whether stream time falls while the stream is played. */
bool is_backwards (const GstSegment &segment);

/** A stretch of running time in stream time, in ns. */
GstClockTime in_stream_time (GstClockTime duration, const GstSegment &segment);

/** Stream time of a frame in ns, GST_CLOCK_TIME_NONE where it is not known. */
GstClockTime stream_time_of (GstBuffer *buffer, const GstSegment &segment);

/**
 * How long a frame is shown in ns of stream time, as its buffer says; 0 where it says nothing that
 * is meant. Played backwards, frames say nothing: they are over when they begin.
 *
 * @param frame_interval in ns of stream time: a frame may last as long although the stream is said
 *   to be over before, but no longer
 */
GstClockTime stated_length (GstBuffer *buffer, const GstSegment &segment,
                            GstClockTime frame_interval);

/**
 * Stream time at which a frame is over: its end, or its start where the stream is played backwards.
 *
 * @param time of the frame, as stream_time_of()
 * @param stated how long it lasts, as stated_length()
 * @param frame_interval in ns of stream time, for a frame that states nothing
 * @return GST_CLOCK_TIME_NONE where it is not known
 */
GstClockTime end_of_frame (GstClockTime time, GstClockTime stated, const GstSegment &segment,
                           GstClockTime frame_interval);

}  // namespace numpro
