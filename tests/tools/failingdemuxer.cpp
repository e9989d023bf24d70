/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A plugin with a demuxer that is taken for MP4 files. It fails while it is put into a pipeline,
// and says so at a time at which parsebin does not listen.

#include <gst/gst.h>

namespace {

struct FailingDemuxer {
  GstElement parent;
};

struct FailingDemuxerClass {
  GstElementClass parent_class;
};

GType failing_demuxer_get_type ();

G_DEFINE_TYPE (FailingDemuxer, failing_demuxer, GST_TYPE_ELEMENT)

GstStateChangeReturn change_state (GstElement *element, GstStateChange transition)
{
  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED)
    GST_ELEMENT_ERROR (element, STREAM, DEMUX, ("This is never heard."), (nullptr));
  return GST_ELEMENT_CLASS (failing_demuxer_parent_class)->change_state (element, transition);
}

void failing_demuxer_class_init (FailingDemuxerClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  gst_element_class_set_static_metadata (element_class, "Failing demuxer", "Codec/Demuxer",
                                         "Fails while it is put in", "gst-numpro");
  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                                           gst_caps_new_empty_simple ("video/quicktime")));
  element_class->change_state = change_state;
}

// No error of those who push.
GstFlowReturn take_nothing (GstPad *, GstObject *, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return GST_FLOW_FLUSHING;
}

void failing_demuxer_init (FailingDemuxer *self)
{
  GstPadTemplate *sink_template =
      gst_element_class_get_pad_template (GST_ELEMENT_GET_CLASS (self), "sink");
  GstPad *sink = gst_pad_new_from_template (sink_template, "sink");
  gst_pad_set_chain_function (sink, take_nothing);
  gst_element_add_pad (GST_ELEMENT (self), sink);
}

gboolean plugin_init (GstPlugin *plugin)
{
  return gst_element_register (plugin, "failingdemuxer", GST_RANK_PRIMARY + 100,
                               failing_demuxer_get_type ());
}

}  // namespace

#define PACKAGE "gst-numpro"
GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, failingdemuxer, "Fails", plugin_init,
                   "1.0", "LGPL", "gst-numpro", "gst-numpro")
