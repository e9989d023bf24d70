/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "eventtable.h"

#include <algorithm>
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

// A line for each stretch of which nothing is known.
std::string unknown_lines (GstNumproTimeline *timeline, guint question, GstClockTime duration)
{
  std::string lines;
  GstNumproSpan rest{};
  for (guint i = 0; i < gst_numpro_timeline_get_n_stretches (timeline, question); ++i) {
    const GstNumproStretch *stretch = gst_numpro_timeline_get_stretch (timeline, question, i);
    if (stretch->state != GST_NUMPRO_STRETCH_STATE_ANSWERED)
      lines += kIndent + range_text (stretch->span) +
               (stretch->state == GST_NUMPRO_STRETCH_STATE_UNREAD ? "  unread\n" : "  no answer\n");
    if (GST_CLOCK_TIME_IS_VALID (stretch->span.end))
      rest.start = std::max (rest.start, stretch->span.end);
  }
  rest.end = duration;
  if (GST_CLOCK_TIME_IS_VALID (duration) && rest.start + kUnasked < duration)
    lines += kIndent + range_text (rest) + "  not asked\n";
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

std::string event_text (const GstNumproEvent &event, int columns)
{
  std::string line = range_text (event.span);
  std::vector<std::string> more;
  if (event.has_numbers)
    more.push_back (numbers_text (event.span));
  more.push_back (utc_text (event.span));
  for (const std::string &text : more) {
    if (!text.empty () && static_cast<int> (line.size () + 2 + text.size ()) <= columns)
      line += "  " + text;
  }
  return line;
}

bool is_all_known (GstNumproTimeline *timeline, guint question, GstClockTime duration)
{
  return unknown_lines (timeline, question, duration).empty ();
}

std::string event_table (GstNumproTimeline *timeline, guint question, GstClockTime duration,
                         int columns)
{
  std::string table = std::string (gst_numpro_timeline_get_question (timeline, question)) + "\n";
  const guint found = gst_numpro_timeline_get_n_events (timeline, question);
  for (guint i = 0; i < found; ++i)
    table += kIndent +
             event_text (*gst_numpro_timeline_get_event (timeline, question, i),
                         columns - static_cast<int> (sizeof kIndent - 1)) +
             "\n";
  const std::string unknown = unknown_lines (timeline, question, duration);
  table += kIndent + verdict (found, unknown.empty ());
  return table + (unknown.empty () ? ".\n" : ". Not known:\n" + unknown);
}

}  // namespace numpro::asking
