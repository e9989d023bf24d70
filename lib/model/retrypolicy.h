/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "httpclient.h"

namespace numpro {

/** How often a request is tried again, and after which time. */
struct RetryRule {
  int retries = 3;             /**< after the first attempt; -1 = for ever */
  double backoff_factor = 0.5; /**< seconds before the first retry; doubles with every one */
  double backoff_max = 30;     /**< seconds */
};

/**
 * Decides what to do after a failed attempt, as openai-python does: connection errors and the
 * statuses 408, 409, 429 and from 500 on are tried again, x-should-retry overrules, Retry-After is
 * waited for unless it is longer than backoff_max.
 */
class RetryPolicy
{
 public:
  using Seconds = std::chrono::duration<double>;

  explicit RetryPolicy (const RetryRule &rule) : rule_ (rule) {}

  /**
   * @param retries so far
   * @param random in [0, 1): so that several who failed together do not come back together
   * @param now wall-clock time
   * @return how long to wait before the next attempt; none when there is none
   */
  std::optional<Seconds> wait_after (const HttpReply &reply, int retries, double random,
                                     std::chrono::system_clock::time_point now) const;

  /** Says which wait the server asks for if it is too long to be kept; empty when it is not. */
  std::string overlong_wait (const HttpReply &reply,
                             std::chrono::system_clock::time_point now) const;

 private:
  RetryRule rule_;
};

/** Whether another attempt at this may end otherwise. */
bool is_passing (const HttpReply &reply);

}  // namespace numpro
