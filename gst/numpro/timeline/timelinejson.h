/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gst/numpro/json.h"
#include "timelinedata.h"

namespace numpro {

/** All of a timeline as a document. */
Json timeline_to_json (const TimelineData &timeline);

/**
 * Reads windows, and of the events those that come from none. All others are made of the windows
 * again, so that what a file says of them counts for nothing.
 *
 * @throw JsonError
 */
void read_timeline (const JsonFields &fields, TimelineData &timeline);

}  // namespace numpro
