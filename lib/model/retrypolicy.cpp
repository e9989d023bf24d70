/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "retrypolicy.h"

#include <glib.h>

#include <algorithm>
#include <cmath>

namespace numpro {

namespace {

// Shortens a wait by up to a quarter (openai-python, _base_client.py).
constexpr double kJitter = 0.25;

std::string in_words (double seconds)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return std::string (g_ascii_formatd (text, sizeof (text), "%.10g", seconds)) + " s";
}

}  // namespace

bool is_passing (const HttpReply &reply)
{
  switch (reply.outcome) {
    case HttpReply::Outcome::kUnreachable:
    case HttpReply::Outcome::kTimeout:
      return true;
    case HttpReply::Outcome::kReply:
      break;
    default:
      return false;
  }
  if (reply.should_retry == "true")
    return true;
  if (reply.should_retry == "false")
    return false;
  return reply.status == 408 || reply.status == 409 || reply.status == 429 || reply.status >= 500;
}

std::optional<Seconds> RetryPolicy::wait_after (const HttpReply &reply, int retries,
                                                double random) const
{
  if (!is_passing (reply) || (options_.retries >= 0 && retries >= options_.retries))
    return std::nullopt;
  if (reply.asked_wait)
    return is_overlong (reply) ? std::nullopt : reply.asked_wait;
  const double backoff =
      std::min (options_.backoff_max, std::ldexp (options_.backoff_factor, std::min (retries, 60)));
  return Seconds (backoff * (1 - kJitter * random));
}

bool RetryPolicy::is_overlong (const HttpReply &reply) const
{
  return is_passing (reply) && reply.asked_wait &&
         reply.asked_wait->count () > options_.backoff_max;
}

std::string RetryPolicy::overlong_wait (const HttpReply &reply) const
{
  if (!is_overlong (reply))
    return {};
  // Rounded up, so that it is longer in the words, too.
  return "the server asked to wait " + in_words (std::ceil (reply.asked_wait->count () * 10) / 10) +
         ", which is longer than retry-backoff-max (" + in_words (options_.backoff_max) + ")";
}

}  // namespace numpro
