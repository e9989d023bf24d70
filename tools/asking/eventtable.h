/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <string>

namespace numpro::asking {

/** "1:02.500", or "1:01:02.500" */
std::string time_text (GstClockTime time);

/**
 * When something was, in a line: "0:07.000 - 0:11.000  7-10", with its numbers and its wall-clock
 * time as far as there are some.
 *
 * @param columns that there is room for; what is too much is left out
 */
std::string span_text (const GstNumproSpan &span, bool has_numbers = true, int columns = G_MAXINT);

/** What there is of a recording to be asked about. */
struct Coverage {
  GstClockTime length; /**< until when it has pictures; GST_CLOCK_TIME_NONE where nobody knows */
  GstClockTime period; /**< of which one picture is asked about */
};

/** Whether a question is answered for the whole of a recording. */
bool is_all_known (GstNumproTimeline *timeline, guint question, const Coverage &coverage);

/**
 * What is known of a question, for people: its events a line each, and whether it was found, was
 * not, or is not known, and where.
 *
 * @param columns that there is room for; numbers and wall-clock times are left out where there is
 * not
 */
std::string event_table (GstNumproTimeline *timeline, guint question, const Coverage &coverage,
                         int columns);

}  // namespace numpro::asking
