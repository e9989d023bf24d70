/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "retrypolicy.h"

#include <curl/curl.h>
#include <glib.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace numpro {

namespace {

using Seconds = RetryPolicy::Seconds;

// Shortens a wait by up to a quarter (openai-python, _base_client.py).
constexpr double kJitter = 0.25;

std::optional<double> number_in (const std::string &text)
{
  double value = 0;
  const char *end = text.data () + text.size ();
  const auto result = std::from_chars (text.data (), end, value);
  if (result.ec != std::errc () || result.ptr != end || !std::isfinite (value) || value < 0)
    return std::nullopt;
  return value;
}

// RFC 9110, 10.2.3: seconds or a date. With -ms, as OpenAI's servers send: milliseconds.
std::optional<Seconds> asked_wait (const HttpReply &reply,
                                   std::chrono::system_clock::time_point now)
{
  if (const auto ms = number_in (reply.retry_after_ms))
    return Seconds (*ms / 1000);
  if (const auto seconds = number_in (reply.retry_after))
    return Seconds (*seconds);
  const time_t date = curl_getdate (reply.retry_after.c_str (), nullptr);
  if (date < 0)
    return std::nullopt;
  return std::max (Seconds (0), Seconds (std::chrono::system_clock::from_time_t (date) - now));
}

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

std::optional<Seconds> RetryPolicy::wait_after (const HttpReply &reply, int retries, double random,
                                                std::chrono::system_clock::time_point now) const
{
  if (!is_passing (reply) || (rule_.retries >= 0 && retries >= rule_.retries))
    return std::nullopt;
  if (const std::optional<Seconds> asked = asked_wait (reply, now))
    return asked->count () <= rule_.backoff_max ? asked : std::nullopt;
  const double backoff =
      std::min (rule_.backoff_max, std::ldexp (rule_.backoff_factor, std::min (retries, 60)));
  return Seconds (backoff * (1 - kJitter * random));
}

std::string RetryPolicy::overlong_wait (const HttpReply &reply,
                                        std::chrono::system_clock::time_point now) const
{
  const std::optional<Seconds> asked = is_passing (reply) ? asked_wait (reply, now) : std::nullopt;
  if (!asked || asked->count () <= rule_.backoff_max)
    return {};
  // Rounded up, so that it is longer in the words, too.
  return "the server asked to wait " + in_words (std::ceil (asked->count () * 10) / 10) +
         ", which is longer than retry-backoff-max (" + in_words (rule_.backoff_max) + ")";
}

}  // namespace numpro
