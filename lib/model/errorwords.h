/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "gst/numpro/jsonfwd.h"
#include "secrets.h"

namespace numpro {

/**
 * What a server says of a failure, wherever it says so: in a member of the JSON, or of JSON inside
 * it, in a page's title or in plain text. In one line; empty where it says nothing.
 */
std::string error_words (const std::string &body);

/** The same of a body that was read. */
std::string error_words (const Json &body);

/**
 * The same in small letters and in UTF-8, with the names that a server has for the kind of error
 * and for the member of the request that it is about: what a program may look into.
 */
std::string searchable_words (const std::string &body);

/** A server's words as people may see them: without secrets, which some repeat, and not long. */
std::string showable (std::string text, const Secrets &secrets);

}  // namespace numpro
