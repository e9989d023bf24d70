/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>

#include "plugin/sink/sampling/sampledframe.h"

namespace numpro {

/**
 * How long a sample's number is to be seen where nothing is known of the next one, in ns of stream
 * time: its duration, or more where its frames say that they are shown for longer.
 *
 * @param shown what is known of the frames from a sample on, of this one or another
 */
GstClockTime shown_time (const SampledFrame &sample, const ShownStretch &shown);

/**
 * How long nothing was to be seen between a sample and the next one, in ns of stream time; 0 where
 * that comes as early as the rhythm of the frames allows.
 */
GstClockTime gap_between (const SampledFrame &sample, const SampledFrame &next);

/** How far stream time falls back from a sample to the next one, in ns; 0 where it does not. */
GstClockTime fallback_between (const SampledFrame &sample, const SampledFrame &next);

/** How long a sample's number is visible, in ns of stream time; GST_CLOCK_TIME_NONE if unknown. */
GstClockTime visible_time (const SampledFrame &sample, const SampledFrame &next);

/**
 * Fills in those times of a batch's rows that depend on the other samples: how long numbers are
 * visible, the holes between them, and the wall-clock times by one clock.
 *
 * The clock is the one that travels with the frames, if any frame has brought its time, else the
 * pipeline's; the last time that it told is carried to all rows by stream time.
 *
 * @param rows of the frames, one each
 * @param stream_end where the stream ends with these frames
 */
void settle_times (std::span<const SampledFramePtr> frames, std::span<const SamplePtr> rows,
                   const StreamEnd &stream_end);

}  // namespace numpro
