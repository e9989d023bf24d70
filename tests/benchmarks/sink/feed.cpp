/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "feed.h"

namespace numpro::bench {

namespace {

gboolean answer_as_live (GstPad *pad, GstObject *parent, GstQuery *query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return gst_pad_query_default (pad, parent, query);
  gst_query_set_latency (query, TRUE, 0, GST_CLOCK_TIME_NONE);
  return TRUE;
}

}  // namespace

Feed::Feed (const std::string &launch, const FrameKind &kind)
    : caps_ (kind.caps ()),
      feed_ (GST_PAD (gst_object_ref_sink (gst_pad_new ("feed", GST_PAD_SRC))))
{
  GError *error = nullptr;
  GstElement *bin = gst_parse_bin_from_description (launch.c_str (), TRUE, &error);
  if (const ErrorPtr reason (error); reason || !bin) {
    g_printerr ("%s: %s\n", launch.c_str (), reason ? reason->message : "cannot be made");
    return;
  }
  bin_.reset (GST_ELEMENT (gst_object_ref_sink (bin)));
  sink_.reset (gst_bin_get_by_name (GST_BIN (bin), "sink"));
}

Feed::~Feed ()
{
  gst_pad_set_active (feed_.get (), FALSE);
  if (bin_)
    gst_element_set_state (bin_.get (), GST_STATE_NULL);
}

void Feed::leave_colors_unnamed ()
{
  GstStructure *structure = gst_caps_get_structure (caps_.get (), 0);
  gst_structure_remove_fields (structure, "colorimetry", "chroma-site", nullptr);
}

void Feed::set_live ()
{
  gst_pad_set_query_function (feed_.get (), answer_as_live);
}

bool Feed::start ()
{
  if (!bin_)
    return false;
  const PadPtr first (gst_element_get_static_pad (bin_.get (), "sink"));
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  return first && gst_pad_link (feed_.get (), first.get ()) == GST_PAD_LINK_OK &&
         gst_pad_set_active (feed_.get (), TRUE) &&
         gst_element_set_state (bin_.get (), GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE &&
         gst_pad_push_event (feed_.get (), gst_event_new_stream_start ("benchmark")) &&
         gst_pad_push_event (feed_.get (), gst_event_new_caps (caps_.get ())) &&
         gst_pad_push_event (feed_.get (), gst_event_new_segment (&segment));
}

bool Feed::push (GstBuffer *frame)
{
  return frame && gst_pad_push (feed_.get (), frame) == GST_FLOW_OK;
}

void Feed::end ()
{
  gst_pad_push_event (feed_.get (), gst_event_new_eos ());
}

guint64 Feed::stat (const char *name, const std::string &element) const
{
  const ElementPtr sink (gst_bin_get_by_name (GST_BIN (bin_.get ()), element.c_str ()));
  GstStructure *stats = nullptr;
  g_object_get (sink.get (), "stats", &stats, nullptr);
  guint64 value = 0;
  gst_structure_get_uint64 (stats, name, &value);
  gst_structure_free (stats);
  return value;
}

}  // namespace numpro::bench
