/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "interval.h"

#include <algorithm>

namespace {

template <typename Read>
Intervals read_spans (const GstStructure *answer, Read read)
{
  Intervals intervals;
  const GValue *spans = gst_structure_get_value (answer, "spans");
  for (guint i = 0; i < gst_value_array_get_size (spans); ++i)
    intervals.push_back (read (gst_value_get_structure (gst_value_array_get_value (spans, i))));
  return intervals;
}

GstClockTime utc_field (const GstStructure *span, const char *name)
{
  const gchar *text = gst_structure_get_string (span, name);
  GDateTime *time = text ? g_date_time_new_from_iso8601 (text, nullptr) : nullptr;
  if (!time)
    return GST_CLOCK_TIME_NONE;
  const auto seconds = static_cast<GstClockTime> (g_date_time_to_unix (time));
  const auto rest = static_cast<GstClockTime> (g_date_time_get_microsecond (time));
  g_date_time_unref (time);
  return seconds * GST_SECOND + rest * GST_USECOND;
}

}  // namespace

Intervals stream_intervals (const GstStructure *answer)
{
  return read_spans (answer, [] (const GstStructure *span) {
    Interval interval = {GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE};
    gst_structure_get (span, "start", G_TYPE_UINT64, &interval.start, "end", G_TYPE_UINT64,
                       &interval.end, nullptr);
    return interval;
  });
}

Intervals utc_intervals (const GstStructure *answer)
{
  return read_spans (answer, [] (const GstStructure *span) {
    return Interval{utc_field (span, "utc-start"), utc_field (span, "utc-end")};
  });
}

Intervals join (const Intervals &intervals, GstClockTime gap)
{
  Intervals joined;
  for (const Interval &interval : intervals) {
    if (!joined.empty () && interval.start <= joined.back ().end + gap)
      joined.back ().end = std::max (joined.back ().end, interval.end);
    else
      joined.push_back (interval);
  }
  return joined;
}
