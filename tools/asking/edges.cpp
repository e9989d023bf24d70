/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "edges.h"

#include <algorithm>

namespace numpro::asking {

namespace {

// From the frame before the edge, with half a step on both sides so that a model sees the change
// within the window and not at its end.
Section around (GstClockTime edge, GstClockTime step)
{
  const GstClockTime before = step + step / 2;
  return {edge > before ? edge - before : 0, edge + step / 2};
}

}  // namespace

GstClockTime period_of (const std::string &rate)
{
  GValue value = G_VALUE_INIT;
  g_value_init (&value, GST_TYPE_FRACTION);
  gst_value_deserialize (&value, rate.c_str ());
  const GstClockTime period = gst_util_uint64_scale (
      GST_SECOND, static_cast<guint64> (gst_value_get_fraction_denominator (&value)),
      static_cast<guint64> (gst_value_get_fraction_numerator (&value)));
  g_value_unset (&value);
  return period;
}

std::vector<Section> edges_of (GstNumproTimeline *timeline, guint question, GstClockTime step)
{
  std::vector<Section> edges;
  for (guint i = 0; i < gst_numpro_timeline_get_n_events (timeline, question); ++i) {
    const GstNumproEvent *event = gst_numpro_timeline_get_event (timeline, question, i);
    if (!event->open_start && GST_CLOCK_TIME_IS_VALID (event->span.start))
      edges.push_back (around (event->span.start, step));
    if (!event->open_end && GST_CLOCK_TIME_IS_VALID (event->span.end))
      edges.push_back (around (event->span.end, step));
  }
  // Where one event begins as another ends there is one edge.
  const auto is_before = [] (const Section &a, const Section &b) { return a.end < b.end; };
  const auto is_same = [] (const Section &a, const Section &b) { return a.end == b.end; };
  std::sort (edges.begin (), edges.end (), is_before);
  edges.erase (std::unique (edges.begin (), edges.end (), is_same), edges.end ());
  return edges;
}

}  // namespace numpro::asking
