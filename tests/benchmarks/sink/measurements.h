/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string_view>

#include "findings.h"
#include "sinkpace.h"

namespace numpro::bench {

// Each measures one thing and adds what it found.
// They return false, after saying why on stderr, when what is measured did not do its work.

/** What a frame costs that numprosink does not take a sample of. */
bool measure_unsampled (const SinkPace &pace, Findings &findings);

/** How long numprosink keeps a camera waiting that hands it a sample. */
bool measure_sampled (const SinkPace &pace, Findings &findings);

/** What all of a sample costs, beside what else makes small JPEGs of video. */
bool measure_images (const SinkPace &pace, Findings &findings);

/** How like the frame those JPEGs are. */
bool measure_quality (const SinkPace &pace, Findings &findings);

/** How long a batch takes from its last frame to the request's arrival at a server. */
bool measure_wire (const SinkPace &pace, Findings &findings);

/** Sixteen cameras' worth of sinks in real time. */
bool measure_branches (const SinkPace &pace, Findings &findings);

/** Memory over a long run. */
bool measure_memory (const SinkPace &pace, Findings &findings);

/** What frames can be sent for a profiler to look at: sampled, unsampled, or to fakesink. */
bool can_profile (std::string_view kind);

/** Sends such frames. @return false, after saying why on stderr, when it does not work */
bool run_for_profiler (std::string_view kind, std::size_t frames);

}  // namespace numpro::bench
