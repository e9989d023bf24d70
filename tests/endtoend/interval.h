/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <vector>

/** A stretch of time, as an application has it from numprosink's messages. */
struct Interval {
  GstClockTime start, end;
};

using Intervals = std::vector<Interval>;

/** The spans of a numpro/answer, in stream time. */
Intervals stream_intervals (const GstStructure *answer);

/** The spans of a numpro/answer, by the clock on the wall. */
Intervals utc_intervals (const GstStructure *answer);

/**
 * Joins what is of one event: the spans of two batches with no more than this between them.
 *
 * @param intervals in their order
 */
Intervals join (const Intervals &intervals, GstClockTime gap);
