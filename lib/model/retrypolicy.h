/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "httpreply.h"
#include "modeloptions.h"

namespace numpro {

/**
 * Whether another attempt at this may end otherwise. As openai-python has it: connection errors and
 * the statuses 408, 409, 429 and from 500 on; besides, 202 (begun), 424 and 425 (something that it
 * needs is not there yet) and 498 (no room now, Groq). x-should-retry overrules; what a server says
 * it never takes it will not take then.
 */
bool is_passing (const HttpReply &reply);

/**
 * Whether this says that nobody answers questions there now, whatever the question: no connection,
 * no reply in time, a certificate that is not trusted, a failure of the server itself or of what
 * stands before it. A server that is busy (429) or that loads its model is there.
 */
bool is_absence (const HttpReply &reply);

/**
 * A wait that a server names is kept to although it is longer than backoff_max, which is about
 * waits that nobody named. Not a longer one than this, though: limits by the minute are over by
 * then, those by the day are not, and a question about what a camera saw is not to be asked hours
 * later.
 */
inline constexpr Seconds kLongestAskedWait{300};

/**
 * The shortest time between attempts that may go on for hours, whatever a server or the user asks
 * for: each carries all images, and without a pause they would keep both machines busy.
 */
inline constexpr Seconds kShortestPause{0.1};

/**
 * How long to wait before the next attempt; none when there is none. What the server asks for is
 * kept to, unless it is longer than kLongestAskedWait and than backoff_max. Where there is no end
 * to attempts it is kShortestPause at least.
 *
 * @param retries so far
 * @param random in [0, 1): so that several who failed together do not come back together
 */
std::optional<Seconds> wait_after (const RetryOptions &options, const HttpReply &reply, int retries,
                                   double random);

/**
 * For so long a server that loads its model is waited for, without counting that as retries: it
 * says itself that it will answer, and reading tens of gigabytes takes minutes (llama.cpp, Ollama).
 */
inline constexpr Seconds kLongestLoading{600};

/**
 * How long to wait before the next attempt at a server that loads its model; none when it has been
 * loading for too long.
 *
 * @param loading for how long so far
 * @param attempts so far, while it was loading
 * @param random in [0, 1)
 */
std::optional<Seconds> wait_while_loading (const RetryOptions &options, const HttpReply &reply,
                                           Seconds loading, int attempts, double random);

/** Says which wait the server asks for if it is too long to be kept; empty when it is not. */
std::string overlong_wait (const RetryOptions &options, const HttpReply &reply);

}  // namespace numpro
