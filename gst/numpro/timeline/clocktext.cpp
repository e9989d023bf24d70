/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clocktext.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "gst/numpro/owned.h"
#include "textlines.h"

namespace numpro {

namespace {

constexpr std::string_view kArrow = "-->";

std::string formatted_clock (std::uint64_t seconds)
{
  return TextPtr (g_strdup_printf ("%02" G_GUINT64_FORMAT ":%02u:%02u", seconds / 3600,
                                   static_cast<guint> (seconds / 60 % 60),
                                   static_cast<guint> (seconds % 60)))
      .get ();
}

// Of a fraction of a second: "5" is half of one.
std::optional<GstClockTime> nanoseconds_of (std::string_view decimals)
{
  if (decimals.empty () || decimals.size () > 9)
    return std::nullopt;
  std::string padded (decimals);
  padded.resize (9, '0');
  return whole_number (padded);
}

}  // namespace

UnitRange in_units (const TextEvent &event, FrameRate rate)
{
  const auto n = static_cast<guint64> (rate.n);
  const guint64 d = static_cast<guint64> (rate.d) * GST_SECOND;
  const guint64 start = gst_util_uint64_scale_round (event.start, n, d);
  return {start, std::max (gst_util_uint64_scale_round (event.end, n, d), start + 1)};
}

GstClockTime time_of_unit (std::uint64_t unit, FrameRate rate)
{
  return gst_util_uint64_scale_round (unit, static_cast<guint64> (rate.d) * GST_SECOND,
                                      static_cast<guint64> (rate.n));
}

std::string milliseconds_to_clock (std::uint64_t milliseconds, char point)
{
  const TextPtr decimals (
      g_strdup_printf ("%c%03u", point, static_cast<guint> (milliseconds % 1000)));
  return formatted_clock (milliseconds / 1000) + decimals.get ();
}

std::string time_to_clock (GstClockTime time)
{
  const TextPtr decimals (g_strdup_printf (".%09u", static_cast<guint> (time % GST_SECOND)));
  return formatted_clock (time / GST_SECOND) + decimals.get ();
}

GstClockTime time_from_clock (std::string_view text, std::size_t line)
{
  const FormatError error (line, "not a time: \"" + std::string (text) + "\"");
  const std::size_t point = text.find_first_of (".,");
  const auto fraction = point == text.npos ? std::optional<GstClockTime> (0)
                                           : nanoseconds_of (text.substr (point + 1));
  std::string_view rest = text.substr (0, point);
  std::vector<unsigned long long> parts;
  while (true) {
    const std::size_t colon = rest.find (':');
    const auto part = whole_number (rest.substr (0, colon));
    if (!part || *part > (parts.empty () ? 1000000ULL : 59ULL))
      throw error;
    parts.push_back (*part);
    if (colon == rest.npos)
      break;
    rest.remove_prefix (colon + 1);
  }
  if (!fraction || parts.size () < 2 || parts.size () > 3)
    throw error;
  GstClockTime seconds = 0;
  for (const auto part : parts)
    seconds = seconds * 60 + part;
  return seconds * GST_SECOND + *fraction;
}

TextEvent read_arrow (std::string_view text, std::size_t line)
{
  const std::size_t arrow = text.find (kArrow);
  if (arrow == text.npos)
    throw FormatError (line, "there is no \"-->\" between two times");
  const GstClockTime start = time_from_clock (trimmed (text.substr (0, arrow)), line);
  std::string_view end = trimmed (text.substr (arrow + kArrow.size ()));
  end = end.substr (0, end.find_first_of (" \t"));
  return checked_event ({}, start, time_from_clock (end, line), line);
}

TextEvent checked_event (std::string question, GstClockTime start, GstClockTime end,
                         std::size_t line)
{
  if (!GST_CLOCK_TIME_IS_VALID (start) || !GST_CLOCK_TIME_IS_VALID (end))
    throw FormatError (line, "a time that is too large");
  if (end <= start)
    throw FormatError (line, "an end that does not come after its start");
  return {std::move (question), start, end};
}

}  // namespace numpro
