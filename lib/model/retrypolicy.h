/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>

#include "httpreply.h"
#include "modeloptions.h"

namespace numpro {

/**
 * Decides what to do after a failed attempt, as openai-python does: connection errors and the
 * statuses 408, 409, 429 and from 500 on are tried again, x-should-retry overrules, Retry-After is
 * waited for unless it is longer than backoff_max.
 */
class RetryPolicy
{
 public:
  explicit RetryPolicy (const RetryOptions &options) : options_ (options) {}

  /**
   * @param retries so far
   * @param random in [0, 1): so that several who failed together do not come back together
   * @return how long to wait before the next attempt; none when there is none
   */
  std::optional<Seconds> wait_after (const HttpReply &reply, int retries, double random) const;

  /** Says which wait the server asks for if it is too long to be kept; empty when it is not. */
  std::string overlong_wait (const HttpReply &reply) const;

 private:
  bool is_overlong (const HttpReply &reply) const;

  RetryOptions options_;
};

/** Whether another attempt at this may end otherwise. */
bool is_passing (const HttpReply &reply);

}  // namespace numpro
