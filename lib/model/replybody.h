/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "gst/numpro/jsonfwd.h"

namespace numpro {

/**
 * The body of a reply as one JSON value: a completion, or an error. A stream of server-sent events
 * is put together; what some servers write behind the JSON ("data: [DONE]") is left out.
 *
 * @return null where it is none of these
 */
Json read_reply_body (const std::string &body);

/** The content of a message, or of what a stream adds to it: a string, or parts, some of them text.
 */
std::string content_of (const Json &message);

/** The text at a place such as "/choices/0/finish_reason"; empty where there is none. */
std::string text_at (const Json &json, const std::string &place);

}  // namespace numpro
