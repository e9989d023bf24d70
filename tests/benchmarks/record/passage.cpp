/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "passage.h"

namespace numpro::bench {

namespace {

PadPtr make_pad (const char *name, GstPadDirection direction)
{
  return PadPtr (GST_PAD (gst_object_ref_sink (gst_pad_new (name, direction))));
}

GstFlowReturn drop (GstPad *, GstObject *, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

}  // namespace

Passage::Passage (const char *factory, const EncodedVideo &video)
    : video_ (video),
      element_ (GST_ELEMENT (gst_object_ref_sink (gst_element_factory_make (factory, nullptr)))),
      feed_ (make_pad ("src", GST_PAD_SRC)),
      home_ (make_pad ("sink", GST_PAD_SINK))
{
  gst_pad_set_chain_function (home_.get (), drop);
}

Passage::~Passage ()
{
  gst_pad_set_active (feed_.get (), FALSE);
  gst_element_set_state (element_.get (), GST_STATE_NULL);
  gst_pad_set_active (home_.get (), FALSE);
}

bool Passage::start ()
{
  const PadPtr sink (gst_element_get_static_pad (element_.get (), "sink")),
      src (gst_element_get_static_pad (element_.get (), "src"));
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  return gst_pad_link (feed_.get (), sink.get ()) == GST_PAD_LINK_OK &&
         gst_pad_link (src.get (), home_.get ()) == GST_PAD_LINK_OK &&
         gst_pad_set_active (home_.get (), TRUE) && gst_pad_set_active (feed_.get (), TRUE) &&
         gst_element_set_state (element_.get (), GST_STATE_PLAYING) == GST_STATE_CHANGE_SUCCESS &&
         gst_pad_push_event (feed_.get (), gst_event_new_stream_start ("benchmark")) &&
         gst_pad_push_event (feed_.get (), gst_event_new_caps (video_.caps.get ())) &&
         gst_pad_push_event (feed_.get (), gst_event_new_segment (&segment));
}

// What an encoder hands on belongs to the element, so that each round has copies, which share the
// bytes.
Microseconds Passage::lap (unsigned times)
{
  Microseconds used (0);
  for (unsigned i = 0; i < times; ++i) {
    std::vector<BufferPtr> units;
    for (const BufferPtr &unit : video_.units)
      units.emplace_back (gst_buffer_copy (unit.get ()));
    const Microseconds start = thread_cpu_time ();
    for (BufferPtr &unit : units)
      gst_pad_push (feed_.get (), unit.release ());
    used += thread_cpu_time () - start;
  }
  return used;
}

guint64 Passage::stat (const char *name) const
{
  GstStructure *stats = nullptr;
  guint64 value = 0;
  g_object_get (element_.get (), "stats", &stats, nullptr);
  gst_structure_get_uint64 (stats, name, &value);
  gst_structure_free (stats);
  return value;
}

}  // namespace numpro::bench
