/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "eventtable.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/gstowned.h"

namespace numpro::asking {

namespace {

constexpr char kIndent[] = "  ";
// Recordings seldom end exactly where they say. What is longer was left out.
constexpr GstClockTime kUnasked = 2 * GST_SECOND;

std::string range_text (const GstNumproSpan &span)
{
  if (!GST_CLOCK_TIME_IS_VALID (span.start) || !GST_CLOCK_TIME_IS_VALID (span.end))
    return "no time";
  return time_text (span.start) + " - " + time_text (span.end);
}

std::string numbers_text (const GstNumproSpan &span)
{
  const std::string first = std::to_string (span.first);
  return span.first == span.last ? first : first + "-" + std::to_string (span.last);
}

// "2026-11-30T07:55:17.250Z": thousandths are enough for people.
std::string utc_text (const GstNumproSpan &span)
{
  if (!GST_CLOCK_TIME_IS_VALID (span.utc_start))
    return {};
  const TextPtr text (gst_numpro_utc_to_string (span.utc_start / GST_MSECOND * GST_MSECOND));
  std::string utc = text.get ();
  if (const std::size_t dot = utc.find ('.'); dot != std::string::npos)
    utc = utc.substr (0, dot + 4) + "Z";
  return utc;
}

std::string unknown_line (GstClockTime from, GstClockTime to, const char *why)
{
  GstNumproSpan span{};
  span.start = from;
  span.end = to;
  return kIndent + range_text (span) + "  " + why + "\n";
}

// A line for each stretch of which nothing is known.
std::string unknown_lines (GstNumproTimeline *timeline, guint question, const Coverage &coverage)
{
  std::string lines;
  const GstClockTime hole = std::max (kUnasked, 2 * coverage.period);
  GstClockTime reached = 0;
  for (guint i = 0; i < gst_numpro_timeline_get_n_stretches (timeline, question); ++i) {
    const GstNumproStretch *stretch = gst_numpro_timeline_get_stretch (timeline, question, i);
    const auto [start, end] = std::pair (stretch->span.start, stretch->span.end);
    // Of bundles nobody knows when their stream began.
    const bool follows = i > 0 || GST_CLOCK_TIME_IS_VALID (coverage.length);
    if (follows && GST_CLOCK_TIME_IS_VALID (start) && reached + hole < start)
      lines += unknown_line (reached, start, "no frames");
    if (stretch->state != GST_NUMPRO_STRETCH_STATE_ANSWERED)
      lines += unknown_line (
          start, end, stretch->state == GST_NUMPRO_STRETCH_STATE_UNREAD ? "unread" : "no answer");
    if (GST_CLOCK_TIME_IS_VALID (end))
      reached = std::max (reached, end);
  }
  if (GST_CLOCK_TIME_IS_VALID (coverage.length) && reached + kUnasked < coverage.length)
    lines += unknown_line (reached, coverage.length, "not asked");
  return lines;
}

std::string verdict (guint found, bool is_all_known)
{
  if (found > 0)
    return "Found " + std::to_string (found) + (found == 1 ? " time" : " times");
  return is_all_known ? "Not found" : "Not found in what was answered";
}

}  // namespace

std::string time_text (GstClockTime time)
{
  const guint64 milliseconds = (time + GST_MSECOND / 2) / GST_MSECOND;
  const guint64 seconds = milliseconds / 1000;
  const guint64 hours = seconds / 3600;
  const TextPtr text (hours > 0
                          ? g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u.%03u", hours,
                                             static_cast<guint> (seconds / 60 % 60),
                                             static_cast<guint> (seconds % 60),
                                             static_cast<guint> (milliseconds % 1000))
                          : g_strdup_printf ("%u:%02u.%03u", static_cast<guint> (seconds / 60),
                                             static_cast<guint> (seconds % 60),
                                             static_cast<guint> (milliseconds % 1000)));
  return text.get ();
}

std::string span_text (const GstNumproSpan &span, bool has_numbers, int columns)
{
  std::string line = range_text (span);
  std::vector<std::string> more;
  if (has_numbers)
    more.push_back (numbers_text (span));
  more.push_back (utc_text (span));
  for (const std::string &text : more) {
    if (!text.empty () && static_cast<int> (line.size () + 2 + text.size ()) <= columns)
      line += "  " + text;
  }
  return line;
}

bool is_all_known (GstNumproTimeline *timeline, guint question, const Coverage &coverage)
{
  return unknown_lines (timeline, question, coverage).empty ();
}

std::string event_table (GstNumproTimeline *timeline, guint question, const Coverage &coverage,
                         int columns)
{
  std::string table = std::string (gst_numpro_timeline_get_question (timeline, question)) + "\n";
  const guint found = gst_numpro_timeline_get_n_events (timeline, question);
  for (guint i = 0; i < found; ++i) {
    const GstNumproEvent *event = gst_numpro_timeline_get_event (timeline, question, i);
    table += kIndent +
             span_text (event->span, event->has_numbers,
                        columns - static_cast<int> (sizeof kIndent - 1)) +
             "\n";
  }
  const std::string unknown = unknown_lines (timeline, question, coverage);
  const std::string found_line = kIndent + verdict (found, unknown.empty ()) + ".";
  if (unknown.empty ())
    return table + found_line + "\n";
  constexpr std::string_view kNotKnown = " Not known:";
  const bool has_room = static_cast<int> (found_line.size () + kNotKnown.size ()) <= columns;
  table += found_line + (has_room ? "" : std::string ("\n ")) + std::string (kNotKnown);
  return table + "\n" + unknown;
}

}  // namespace numpro::asking
