/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sinkharness.h"

#include <algorithm>

#include "loopcheck.h"

SinkHarness::SinkHarness (const std::string &overlay, const std::string &sink)
    : harness_ (gst_harness_new_parse (
          // A harness is live, and a busy machine might let a sample give way.
          ("numproverlay name=overlay " + overlay + " ! numprosink name=sink leaky-type=none " +
           sink)
              .c_str ())),
      overlay_ (gst_bin_get_by_name (GST_BIN (harness_->element), "overlay")),
      sink_ (gst_bin_get_by_name (GST_BIN (harness_->element), "sink")),
      bus_ (gst_bus_new ())
{
  gst_bus_set_sync_handler (bus_.get (), note_failure, this, nullptr);
  gst_element_set_bus (harness_->element, bus_.get ());
}

SinkHarness::~SinkHarness ()
{
  // Nothing is reported to what is half gone.
  gst_element_set_state (harness_->element, GST_STATE_NULL);
  gst_element_set_bus (harness_->element, nullptr);
}

void SinkHarness::open (const std::string &caps)
{
  gst_harness_set_src_caps_str (harness_.get (), caps.c_str ());
}

void SinkHarness::push (GstBuffer *buffer)
{
  const GstFlowReturn flow = gst_harness_push (harness_.get (), buffer);
  fail_unless_in_loop (flow == GST_FLOW_OK, "a buffer was refused: %s", gst_flow_get_name (flow));
}

void SinkHarness::push (GstEvent *event)
{
  const std::string name = GST_EVENT_TYPE_NAME (event);
  fail_unless_in_loop (gst_harness_push_event (harness_.get (), event), "%s was refused",
                       name.c_str ());
}

void SinkHarness::wait_for_delivered (guint64 samples) const
{
  const gint64 deadline = g_get_monotonic_time () + static_cast<gint64> (kPatience / GST_USECOND);
  while (counts ().delivered < samples) {
    fail_unless_in_loop (g_get_monotonic_time () < deadline,
                         "%" G_GUINT64_FORMAT " samples delivered instead of %" G_GUINT64_FORMAT,
                         counts ().delivered, samples);
    g_usleep (100);
  }
}

std::vector<guint64> SinkHarness::lost ()
{
  std::lock_guard lock (mutex_);
  std::sort (lost_.begin (), lost_.end ());
  return lost_;
}

GstBusSyncReply SinkHarness::note_failure (GstBus *, GstMessage *message, gpointer self)
{
  const GstStructure *structure = gst_message_get_structure (message);
  if (structure && gst_structure_has_name (structure, "numpro/failure")) {
    const GValue *numbers = gst_structure_get_value (structure, "numbers");
    auto *harness = static_cast<SinkHarness *> (self);
    std::lock_guard lock (harness->mutex_);
    for (guint i = 0; i < gst_value_array_get_size (numbers); ++i)
      harness->lost_.push_back (g_value_get_uint64 (gst_value_array_get_value (numbers, i)));
  }
  gst_message_unref (message);
  return GST_BUS_DROP;
}
