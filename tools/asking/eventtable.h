/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <string>

namespace numpro::asking {

/** "1:02.500", or "1:01:02.500" */
std::string time_text (GstClockTime time);

/**
 * When an event was, in a line: "0:07.000 - 0:11.000  7-10", with its numbers and its wall-clock
 * time as far as there are some.
 *
 * @param columns that there is room for; what is too much is left out
 */
std::string event_text (const GstNumproEvent &event, int columns = G_MAXINT);

/**
 * Whether a question is answered for the whole of a recording.
 *
 * @param duration of the recording, as far as it is known
 */
bool is_all_known (GstNumproTimeline *timeline, guint question, GstClockTime duration);

/**
 * What is known of a question, for people: its events a line each, and whether it was found, was
 * not, or is not known, and where.
 *
 * @param duration of the recording, as far as it is known
 * @param columns that there is room for; numbers and wall-clock times are left out where there is
 * not
 */
std::string event_table (GstNumproTimeline *timeline, guint question, GstClockTime duration,
                         int columns);

}  // namespace numpro::asking
