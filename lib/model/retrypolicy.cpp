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

// No model is loaded faster, and each attempt carries all images.
constexpr Seconds kShortestLoading (1);

bool is_overlong (const RetryOptions &options, const HttpReply &reply)
{
  return is_passing (reply) && reply.asked_wait &&
         *reply.asked_wait > std::max (kLongestAskedWait, Seconds (options.backoff_max));
}

Seconds backoff (const RetryOptions &options, int attempts, double random)
{
  const double seconds =
      std::min (options.backoff_max, std::ldexp (options.backoff_factor, std::min (attempts, 60)));
  return Seconds (seconds * (1 - kJitter * random));
}

// Whatever the status: it would be the same again.
bool is_lasting (Refusal refusal)
{
  switch (refusal) {
    case Refusal::kImages:
    case Refusal::kSize:
    case Refusal::kNoImages:
    case Refusal::kQuota:
      return true;
    default:
      return false;
  }
}

bool is_passing_status (long status)
{
  constexpr long kPassing[] = {HttpReply::kAccepted, 408, 409, 424, 425, 429, 498};
  return status >= 500 ||
         std::find (std::begin (kPassing), std::end (kPassing), status) != std::end (kPassing);
}

}  // namespace

bool is_passing (const HttpReply &reply)
{
  using Outcome = HttpReply::Outcome;
  if (reply.outcome != Outcome::kReply)
    return reply.outcome == Outcome::kUnreachable || reply.outcome == Outcome::kTimeout;
  if (is_lasting (reply.refusal))
    return false;
  if (reply.should_retry == "true" || reply.should_retry == "false")
    return reply.should_retry == "true";
  return is_passing_status (reply.status);
}

bool is_absence (const HttpReply &reply)
{
  // A model that breaks off its answer may do so for what it is asked.
  if (reply.outcome == HttpReply::Outcome::kReply)
    return reply.status >= 500 && reply.error_inside != HttpReply::Inside::kNoStatus &&
           is_passing (reply);
  return is_passing (reply) || reply.outcome == HttpReply::Outcome::kUntrusted;
}

std::optional<Seconds> wait_after (const RetryOptions &options, const HttpReply &reply, int retries,
                                   double random)
{
  if (!is_passing (reply) || is_overlong (options, reply) ||
      (options.retries >= 0 && retries >= options.retries))
    return std::nullopt;
  const Seconds wait = reply.asked_wait.value_or (backoff (options, retries, random));
  const Seconds shortest = options.retries < 0 ? kShortestPause : Seconds (0);
  return std::clamp (wait, shortest, Seconds (kLongestWait));
}

std::optional<Seconds> wait_while_loading (const RetryOptions &options, const HttpReply &reply,
                                           Seconds loading, int attempts, double random)
{
  if (reply.refusal != Refusal::kLoading || !is_passing (reply) || is_overlong (options, reply) ||
      loading >= kLongestLoading)
    return std::nullopt;
  return std::max (reply.asked_wait.value_or (backoff (options, attempts, random)),
                   kShortestLoading);
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
