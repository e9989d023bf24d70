/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "trial.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>

namespace {

struct Unref {
  void operator() (gpointer object) const { gst_object_unref (object); }
};

template <typename T>
using Owned = std::unique_ptr<T, Unref>;

std::string text_of (const Intervals &intervals)
{
  std::string text;
  for (const Interval &interval : intervals) {
    char one[64];
    std::snprintf (one, sizeof (one), "%s%.3f-%.3f", text.empty () ? "" : " ",
                   static_cast<double> (interval.start) / GST_SECOND,
                   static_cast<double> (interval.end) / GST_SECOND);
    text += one;
  }
  return text.empty () ? "never" : text;
}

std::string strings_of (const GValue *array)
{
  std::string text;
  for (guint i = 0; i < gst_value_array_get_size (array); ++i)
    text += std::string (" ") + g_value_get_string (gst_value_array_get_value (array, i));
  return text;
}

std::string error_of (GstMessage *message)
{
  GError *error = nullptr;
  gst_message_parse_error (message, &error, nullptr);
  const std::string text = error->message;
  g_error_free (error);
  return text;
}

}  // namespace

Trial::Trial (unsigned seed)
    : random_ (~seed),
      rate_ (1 + random_ () % 2),
      batch_size_ (8U << random_ () % 3),
      first_number_ (random_ () % 500),
      slot_ (GST_SECOND / rate_),
      offset_ (random_ () % 100 * GST_SECOND),
      film_ (seed, slot_)
{
}

std::string Trial::description () const
{
  return "\"" + film_.question () + "\", " + std::to_string (rate_) + "/1 from " +
         std::to_string (first_number_) + ", batches of " + std::to_string (batch_size_);
}

std::string Trial::launch_line (const TrialRule &rule) const
{
  return std::string ("identity name=film ! ") +
         (rule.h264 ? "x264enc bitrate=1000 speed-preset=ultrafast ! avdec_h264 ! " : "") +
         "numproverlay numbering=time rate=" + std::to_string (rate_) +
         "/1 start=" + std::to_string (first_number_) + " ! numprosink question=\"" +
         film_.question () + "\" batch-size=" + std::to_string (batch_size_) + " " + rule.reader +
         " " + rule.sink_properties;
}

// From this thread, which is held up at the end of the stream until all is answered.
void Trial::send (GstPad *pad) const
{
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.time = offset_;
  GstCaps *caps = Film::caps ();
  gst_pad_push_event (pad, gst_event_new_stream_start ("film"));
  gst_pad_push_event (pad, gst_event_new_caps (caps));
  gst_pad_push_event (pad, gst_event_new_segment (&segment));
  gst_caps_unref (caps);
  for (int i = 0; i < film_.frames (); ++i) {
    if (gst_pad_push (pad, film_.frame (i)) != GST_FLOW_OK)
      return;
  }
  gst_pad_push_event (pad, gst_event_new_eos ());
}

void Trial::note (GstMessage *message, Told &told) const
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    told.problem = error_of (message);
  const GstStructure *structure = gst_message_get_structure (message);
  if (!structure)
    return;
  if (gst_structure_has_name (structure, "numpro/failure"))
    told.problem = gst_structure_get_string (structure, "message");
  if (!gst_structure_has_name (structure, "numpro/answer"))
    return;
  gboolean is_valid = FALSE;
  gst_structure_get_boolean (structure, "valid", &is_valid);
  if (!is_valid)
    told.problem =
        std::string ("\"") + gst_structure_get_string (structure, "text") +
        "\" is not valid:" + strings_of (gst_structure_get_value (structure, "problems"));
  for (const Interval &interval : stream_intervals (structure))
    told.intervals.push_back (interval);
}

// An event begins and ends between two samples and is seen, or not seen any more, from the later
// one on: an answer that is not wrong is late by less than a slot, and never early.
std::string Trial::judge (Intervals found) const
{
  std::sort (found.begin (), found.end (),
             [] (const Interval &one, const Interval &other) { return one.start < other.start; });
  found = join (found, 0);
  Intervals truth = film_.truth ();
  for (Interval &event : truth)
    event = {event.start + offset_, event.end + offset_};
  const auto is_late_by_a_part = [this] (GstClockTime time, GstClockTime right) {
    return time + GST_USECOND >= right && time < right + slot_;
  };
  const bool is_right = std::equal (found.begin (), found.end (), truth.begin (), truth.end (),
                                    [&] (const Interval &one, const Interval &event) {
                                      return is_late_by_a_part (one.start, event.start) &&
                                             is_late_by_a_part (one.end, event.end);
                                    });
  return is_right ? "" : "found " + text_of (found) + ", truth " + text_of (truth);
}

std::string Trial::run (const TrialRule &rule)
{
  GError *error = nullptr;
  const Owned<GstElement> pipeline (gst_parse_launch (launch_line (rule).c_str (), &error));
  if (error)
    throw std::runtime_error (error->message);
  const Owned<GstElement> first (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "film"));
  const Owned<GstPad> sink (gst_element_get_static_pad (first.get (), "sink"));
  const Owned<GstPad> pad (GST_PAD (gst_object_ref_sink (gst_pad_new ("film", GST_PAD_SRC))));
  gst_pad_link (pad.get (), sink.get ());
  gst_pad_set_active (pad.get (), TRUE);
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  send (pad.get ());

  Told told;
  const Owned<GstBus> bus (gst_element_get_bus (pipeline.get ()));
  while (GstMessage *message = gst_bus_pop (bus.get ())) {
    note (message, told);
    gst_message_unref (message);
  }
  gst_pad_set_active (pad.get (), FALSE);
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  return told.problem.empty () ? judge (told.intervals) : told.problem;
}
