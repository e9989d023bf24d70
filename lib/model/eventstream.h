/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string_view>

#include "gst/numpro/jsonfwd.h"

namespace numpro {

/** Whether a body is a stream of server-sent events, which some servers send unasked. */
bool is_event_stream (std::string_view body);

/**
 * The completion that a stream of its chunks comes to, or the error that is in it. A stream that
 * ends early is one whose answer ended with an error.
 *
 * @return null where an event is no JSON
 */
Json read_event_stream (std::string_view body);

}  // namespace numpro
