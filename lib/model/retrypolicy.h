/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "httpreply.h"
#include "modeloptions.h"

namespace numpro {

/**
 * Whether another attempt at this may end otherwise. As openai-python has it: connection errors and
 * the statuses 408, 409, 429 and from 500 on; x-should-retry overrules.
 */
bool is_passing (const HttpReply &reply);

/**
 * How long to wait before the next attempt; none when there is none. What the server asks for is
 * kept to, unless it is longer than backoff_max.
 *
 * @param retries so far
 * @param random in [0, 1): so that several who failed together do not come back together
 */
std::optional<Seconds> wait_after (const RetryOptions &options, const HttpReply &reply, int retries,
                                   double random);

/** Says which wait the server asks for if it is too long to be kept; empty when it is not. */
std::string overlong_wait (const RetryOptions &options, const HttpReply &reply);

}  // namespace numpro
