/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "refusal.h"

namespace numpro {

using Seconds = std::chrono::duration<double>;

/** What became of a request. */
struct HttpReply {
  enum class Outcome {
    kReply,       /**< the server answered, with any status */
    kUnreachable, /**< no connection, or it broke */
    kTimeout,     /**< not answered in time */
    kUntrusted,   /**< TLS: not the server that it should be */
    kTooLarge,    /**< more than 8 MiB */
    kImpossible,  /**< the request could not be made at all */
  };

  /** An error in a reply of status 200, which then has the error's status. */
  enum class Inside {
    kNothing,
    kStatus,   /**< it says which status it is */
    kNoStatus, /**< it is taken for a 500 */
  };

  Outcome outcome = Outcome::kImpossible;
  long status = 0;
  std::string body;
  Seconds latency{0};                /**< from the start of the request to the end of the reply */
  std::optional<Seconds> asked_wait; /**< before the next request, where the server asks for one */
  std::optional<Seconds> limit_wait; /**< 429: until a limit is over, by the headers about limits */
  std::string should_retry;          /**< x-should-retry; empty when there is none */
  std::string location;              /**< where a redirect leads; empty when it is none */
  std::string problem;               /**< what went wrong, in words; empty for kReply */
  std::string cure;                  /**< what the user may do about it; empty = not known */

  // What its body tells, once that is read (read_status).
  Inside error_inside = Inside::kNothing;
  Refusal refusal = Refusal::kNone;

  /** Whether the server refuses the key. */
  bool refuses_key () const { return refusal == Refusal::kKey; }

  /** Whether there may be a completion in it. */
  bool is_success () const
  {
    return outcome == Outcome::kReply && status >= 200 && status < 300 && status != kAccepted;
  }

  /** The server has begun with it, and says nothing more. */
  static constexpr long kAccepted = 202;
};

}  // namespace numpro
