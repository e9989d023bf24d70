/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mediapipeline.h"

#include <gst/numpro/numpro.h>

namespace numpro::media {

namespace {

using Iterator = OwnedBy<GstIterator, gst_iterator_free>;

// Whether a pad of an element has a thread of its own that is not paused.
bool has_running_task (GstElement *element)
{
  bool is_running = false;
  gst_element_foreach_pad (
      element,
      [] (GstElement *, GstPad *pad, gpointer found) -> gboolean {
        *static_cast<bool *> (found) |= gst_pad_get_task_state (pad) == GST_TASK_STARTED;
        return TRUE;
      },
      &is_running);
  return is_running;
}

}  // namespace

std::string text_of (GstMessage *message)
{
  GError *error = nullptr;
  const bool is_error = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
  (is_error ? gst_message_parse_error : gst_message_parse_warning) (message, &error, nullptr);
  return ErrorPtr (error)->message;
}

MediaPipeline::~MediaPipeline ()
{
  if (pipeline_)
    gst_element_set_state (pipeline_.get (), GST_STATE_NULL);
}

std::string MediaPipeline::launch (const std::string &line)
{
  GError *error = nullptr;
  pipeline_.reset (
      gst_parse_launch_full (line.c_str (), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  const ErrorPtr why (error);
  return pipeline_ ? "" : std::string (why->message) + ".";
}

ElementPtr MediaPipeline::element (const char *name) const
{
  return ElementPtr (gst_bin_get_by_name (GST_BIN (pipeline_.get ()), name));
}

PadPtr MediaPipeline::pad (const char *element_name, const char *pad_name) const
{
  return PadPtr (gst_element_get_static_pad (element (element_name).get (), pad_name));
}

void MediaPipeline::post (GstStructure *structure)
{
  gst_element_post_message (pipeline_.get (),
                            gst_message_new_application (GST_OBJECT (pipeline_.get ()), structure));
}

bool MediaPipeline::is_from (GstMessage *message, GstElement *element)
{
  return GST_MESSAGE_SRC (message) == GST_OBJECT (element) ||
         gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), GST_OBJECT (element));
}

bool MediaPipeline::is_idle (GstElement *source, GstElement *parser)
{
  if (has_running_task (source))
    return false;
  const Iterator elements (gst_bin_iterate_recurse (GST_BIN (parser)));
  const auto compare = [] (gconstpointer item, gconstpointer) {
    return has_running_task (GST_ELEMENT (g_value_get_object (static_cast<const GValue *> (item))))
               ? 0
               : 1;
  };
  GValue running = G_VALUE_INIT;
  const bool is_running = gst_iterator_find_custom (elements.get (), compare, &running, nullptr);
  g_value_unset (&running);
  return !is_running;
}

void MediaPipeline::send_end_to (GstElement *receiver)
{
  const auto send = [] (auto *element, gpointer) {
    const PadPtr sink (gst_element_get_static_pad (GST_ELEMENT (element), "sink"));
    gst_pad_send_event (sink.get (), gst_event_new_eos ());
  };
  // From another thread: the pad may be busy for as long as the encoder takes to make room.
#if GST_CHECK_VERSION(1, 28, 0)
  gst_object_call_async (GST_OBJECT (receiver), send, nullptr);
#else
  gst_element_call_async (receiver, send, nullptr, nullptr);
#endif
}

void MediaPipeline::count (GstBuffer *frame)
{
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (frame);
  if (!meta)
    return;
  if (frames_ == 0)
    first_number_ = meta->number;
  last_number_ = meta->number;
  ++frames_;
}

}  // namespace numpro::media
