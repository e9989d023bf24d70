/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "httpreply.h"

namespace numpro {

/**
 * Reads what the body of a reply says of its success. An error in a reply of status 200, or an
 * answer that ended with one, gets the status that it would have had; a refusal gets its kind, its
 * cure, and the wait that its words ask for.
 *
 * @param url that was asked
 */
HttpReply read_status (HttpReply reply, const std::string &url);

}  // namespace numpro
