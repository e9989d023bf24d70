/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "askedwait.h"

#include <glib.h>

#include "errorwords.h"
#include "gst/numpro/json.h"
#include "gst/numpro/owned.h"
#include "replybody.h"

namespace numpro {

namespace {

using Regex = OwnedBy<GRegex, g_regex_unref>;
using Match = OwnedBy<GMatchInfo, g_match_info_free>;

#define NUMPRO_TIME \
  "\\d{1,9}(?:\\.\\d{1,9})? ?(?:ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h|hours?)"

constexpr char kPart[] = "(\\d{1,9}(?:\\.\\d{1,9})?) ?([a-z]+)";
constexpr char kDuration[] = "^(?:" NUMPRO_TIME " ?)+$";
// OpenAI: "please try again in 1m2s"; Gemini: "please retry in 37.2s"; others: "retry after 20
// seconds".
constexpr char kSaid[] =
    "\\b(?:retry|try again|wait)(?: again)?(?: in| after| for)?(?: about)?:? ((?:" NUMPRO_TIME
    " ?)+)\\b";

#undef NUMPRO_TIME

// Since 1970; smaller numbers are times from now on.
constexpr double kEpochSeconds = 1e9, kEpochMilliseconds = 1e12;

// The first match's group in a text in UTF-8; empty where there is none.
std::string find (const char *pattern, const std::string &text)
{
  const Regex regex (g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, nullptr));
  GMatchInfo *info = nullptr;
  const bool matches = g_regex_match (regex.get (), text.c_str (), G_REGEX_MATCH_DEFAULT, &info);
  const Match match (info);
  if (!matches)
    return {};
  const TextPtr group (g_match_info_fetch (match.get (), g_match_info_get_match_count (info) - 1));
  return group.get ();
}

double seconds_of (const std::string &unit)
{
  if (unit.starts_with ("ms") || unit.starts_with ("milli"))
    return 1e-3;
  switch (unit[0]) {
    case 'h':
      return 3600;
    case 'm':
      return 60;
    default:
      return 1;
  }
}

std::optional<double> number_in (const std::string &text)
{
  if (text.empty () || text.find_first_not_of ("0123456789.") != std::string::npos)
    return std::nullopt;
  return g_ascii_strtod (text.c_str (), nullptr);
}

std::optional<Seconds> non_negative (double seconds)
{
  return Seconds (std::max (seconds, 0.0));
}

// Seconds, or the time of day when it is over, in seconds or milliseconds (OpenRouter).
std::optional<Seconds> wait_until_reset (const std::string &reset)
{
  const double now = static_cast<double> (g_get_real_time ()) / G_USEC_PER_SEC;
  const std::optional<double> number = number_in (reset);
  if (!number)
    return read_duration (reset);
  if (*number >= kEpochMilliseconds)
    return non_negative (*number / 1000 - now);
  return non_negative (*number >= kEpochSeconds ? *number - now : *number);
}

// Google's google.rpc.RetryInfo among the details of an error.
std::optional<Seconds> retry_delay (const Json &body)
{
  const Json &root = body.is_array () && !body.empty () ? body[0] : body;
  const Json::json_pointer at ("/error/details");
  if (!root.contains (at) || !root[at].is_array ())
    return std::nullopt;
  for (const Json &detail : root[at]) {
    if (const auto wait = read_duration (text_at (detail, "/retryDelay")))
      return wait;
  }
  return std::nullopt;
}

// OpenRouter repeats the headers of its limits in the body.
std::optional<Seconds> wait_of_told_limits (const Json &body)
{
  const Json::json_pointer at ("/error/metadata/headers");
  if (!body.contains (at) || !body[at].is_object ())
    return std::nullopt;
  const auto header = [&] (const char *wanted) {
    for (const auto &[name, value] : body[at].items ()) {
      if (g_ascii_strcasecmp (name.c_str (), wanted) == 0)
        return value.is_string () ? value.get<std::string> () : dump_json_line (value);
    }
    return std::string ();
  };
  return wait_of_limits (header);
}

}  // namespace

std::optional<Seconds> read_duration (const std::string &text)
{
  static const Regex whole (
      g_regex_new (kDuration, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, nullptr));
  static const Regex part (g_regex_new (kPart, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, nullptr));
  if (!g_utf8_validate (text.data (), static_cast<gssize> (text.size ()), nullptr) ||
      !g_regex_match (whole.get (), text.c_str (), G_REGEX_MATCH_DEFAULT, nullptr))
    return std::nullopt;
  GMatchInfo *info = nullptr;
  g_regex_match (part.get (), text.c_str (), G_REGEX_MATCH_DEFAULT, &info);
  const Match match (info);
  double seconds = 0;
  for (; g_match_info_matches (info); g_match_info_next (info, nullptr)) {
    const TextPtr number (g_match_info_fetch (info, 1)), unit (g_match_info_fetch (info, 2));
    seconds += g_ascii_strtod (number.get (), nullptr) * seconds_of (unit.get ());
  }
  return Seconds (seconds);
}

std::optional<Seconds> wait_of_limits (const std::function<std::string (const char *name)> &header)
{
  if (const std::string reset = header ("x-ratelimit-reset"); !reset.empty ())
    return wait_until_reset (reset);
  // OpenAI and Groq tell of each limit. That of which something remains is not in the way.
  for (const std::string limit : {"requests", "tokens"}) {
    const std::string remaining = header (("x-ratelimit-remaining-" + limit).c_str ());
    const std::string reset = header (("x-ratelimit-reset-" + limit).c_str ());
    if (!reset.empty () && (remaining.empty () || remaining == "0"))
      return wait_until_reset (reset);
  }
  return std::nullopt;
}

std::optional<Seconds> wait_in_body (const std::string &body)
{
  const Json json = read_reply_body (body);
  for (const auto &find_wait : {retry_delay, wait_of_told_limits}) {
    if (const auto wait = find_wait (json))
      return wait;
  }
  return read_duration (find (kSaid, searchable_words (body)));
}

}  // namespace numpro
