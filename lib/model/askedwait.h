/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "httpreply.h"

namespace numpro {

/** A time as servers write it: "20s", "1m2.5s", "120ms", "3 minutes"; none where it is none. */
std::optional<Seconds> read_duration (const std::string &text);

/**
 * The wait until a server's limit of requests is over, by the headers that tell of it. Servers send
 * them with all replies: they say something of those of status 429 only.
 *
 * @param header the value of the header of that name; empty where there is none
 */
std::optional<Seconds> wait_of_limits (const std::function<std::string (const char *name)> &header);

/** The wait that the body of an error asks for. */
std::optional<Seconds> wait_in_body (const std::string &body);

}  // namespace numpro
