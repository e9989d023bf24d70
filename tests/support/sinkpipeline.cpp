/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sinkpipeline.h"

SinkPipeline::SinkPipeline (const std::string &source, const std::string &properties)
    : pipeline_ (
          gst_parse_launch ((source + " ! numprosink name=sink " + properties).c_str (), nullptr)),
      sink_ (gst_bin_get_by_name (GST_BIN (get ()), "sink")),
      bus_ (gst_element_get_bus (get ()))
{
}

SinkPipeline::~SinkPipeline ()
{
  gst_element_set_state (get (), GST_STATE_NULL);
}

void SinkPipeline::stop ()
{
  const auto start = std::chrono::steady_clock::now ();
  gst_element_set_state (get (), GST_STATE_READY);
  fail_unless_in_loop (std::chrono::steady_clock::now () - start < std::chrono::seconds (5),
                       "it took long to stop");
  while (const Message message{gst_bus_pop (bus_.get ())})
    note (message.get ());
}

void SinkPipeline::wait_for (GstMessageType type)
{
  for (bool came = false; !came;) {
    const Message message (gst_bus_timed_pop (bus_.get (), kPatience));
    fail_unless_in_loop (message, "there was no %s", gst_message_type_get_name (type));
    came = GST_MESSAGE_TYPE (message.get ()) == type;
    note (message.get ());
  }
}

void SinkPipeline::note (GstMessage *message)
{
  const bool is_error = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
  if (is_error || GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING) {
    GError *error = nullptr;
    (is_error ? gst_message_parse_error : gst_message_parse_warning) (message, &error, nullptr);
    (is_error ? errors_ : warnings_).push_back (error->message);
    if (is_error)
      error_sources_.push_back (GST_OBJECT_NAME (message->src));
    g_error_free (error);
  }
  const GstStructure *structure = gst_message_get_structure (message);
  if (structure && gst_structure_has_name (structure, "numpro/failure")) {
    reasons_.insert (gst_structure_get_string (structure, "reason"));
    const GValue *numbers = gst_structure_get_value (structure, "numbers");
    for (guint i = 0; i < gst_value_array_get_size (numbers); ++i)
      told_.push_back (g_value_get_uint64 (gst_value_array_get_value (numbers, i)));
  }
}
