/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <string>
#include <vector>

#include "windowpipeline.h"

namespace numpro::asking {

/** The nanoseconds of one frame at a rate such as "2/1". */
GstClockTime period_of (const std::string &rate);

/** How many steps parts around edges are long. */
inline constexpr GstClockTime kEdgeSteps = 2;

/**
 * Where the edges of a question's events are: parts of the recording between a frame that shows it
 * and one that does not. Events that begin or end with what is known have no edge there.
 *
 * @param step from one frame that was asked about to the next
 */
std::vector<Section> edges_of (GstNumproTimeline *timeline, guint question, GstClockTime step);

}  // namespace numpro::asking
