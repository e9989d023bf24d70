/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "retrypolicy.h"

#include <glib.h>

#include <algorithm>
#include <cmath>

namespace numpro {

namespace {

// Shortens a wait by up to a quarter (openai-python, _base_client.py).
constexpr double kJitter = 0.25;

// In seconds: far longer than anybody waits, and short enough to be counted in nanoseconds.
constexpr double kLongestWait = 1e8;

std::string in_words (double seconds)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return std::string (g_ascii_formatd (text, sizeof (text), "%.10g", seconds)) + " s";
}

bool is_overlong (const RetryOptions &options, const HttpReply &reply)
{
  return is_passing (reply) && reply.asked_wait && reply.asked_wait->count () > options.backoff_max;
}

}  // namespace

bool is_passing (const HttpReply &reply)
{
  using Outcome = HttpReply::Outcome;
  if (reply.outcome != Outcome::kReply)
    return reply.outcome == Outcome::kUnreachable || reply.outcome == Outcome::kTimeout;
  if (reply.should_retry == "true" || reply.should_retry == "false")
    return reply.should_retry == "true";
  return reply.status == 408 || reply.status == 409 || reply.status == 429 || reply.status >= 500;
}

std::optional<Seconds> wait_after (const RetryOptions &options, const HttpReply &reply, int retries,
                                   double random)
{
  if (!is_passing (reply) || is_overlong (options, reply) ||
      (options.retries >= 0 && retries >= options.retries))
    return std::nullopt;
  const double backoff =
      std::min (options.backoff_max, std::ldexp (options.backoff_factor, std::min (retries, 60)));
  const Seconds wait = reply.asked_wait.value_or (Seconds (backoff * (1 - kJitter * random)));
  return std::min (wait, Seconds (kLongestWait));
}

std::string overlong_wait (const RetryOptions &options, const HttpReply &reply)
{
  if (!is_overlong (options, reply))
    return {};
  // Rounded up, so that it is longer in the words, too.
  return "the server asked to wait " + in_words (std::ceil (reply.asked_wait->count () * 10) / 10) +
         ", which is longer than retry-backoff-max (" + in_words (options.backoff_max) + ")";
}

}  // namespace numpro
