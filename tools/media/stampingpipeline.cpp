/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampingpipeline.h"

#include <gst/gst.h>

namespace numpro::media {

namespace {

// Hardware decoders may leave frames where encoders do not reach them.
constexpr char kReading[] =
    "filesrc name=source ! parsebin name=parser "
    "queue name=video ! decodebin name=decoder force-sw-decoders=true ";

// Of a buffer in stream time; 0 where it is not known.
GstClockTime end_of (GstPad *pad, GstBuffer *buffer)
{
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  if (!event)
    return 0;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event, &segment);
  const GstClockTime time =
      gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  gst_event_unref (event);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return 0;
  return time + (GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0);
}

void raise (std::atomic<GstClockTime> &highest, GstClockTime time)
{
  GstClockTime before = highest;
  while (before < time && !highest.compare_exchange_weak (before, time)) {
  }
}

}  // namespace

bool has_prefix (const GstCaps *caps, const char *prefix)
{
  return g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), prefix);
}

CapsPtr caps_of (GstPad *pad)
{
  CapsPtr caps (gst_pad_get_current_caps (pad));
  if (!caps)
    caps.reset (gst_pad_query_caps (pad, nullptr));
  return caps;
}

StampingPipeline::StampingPipeline (std::string input, const OverlayOptions &look)
    : input_ (std::move (input)), look_ (look)
{
}

std::string StampingPipeline::build_with (const std::string &output)
{
  if (const std::string problem = launch (kReading + output); !problem.empty ())
    return problem;
  g_object_set (element ("source").get (), "location", input_.c_str (), nullptr);
  look_.apply_to (element ("overlay").get ());
  g_signal_connect_swapped (element ("decoder").get (), "pad-added",
                            G_CALLBACK (+[] (StampingPipeline *self, GstPad *decoded) {
                              self->on_decoded_pad (decoded);
                            }),
                            this);
  g_signal_connect_swapped (
      element ("parser").get (), "pad-added",
      G_CALLBACK (+[] (StampingPipeline *self, GstPad *stream) { self->on_stream (stream); }),
      this);
  gst_pad_add_probe (
      pad ("overlay", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        static_cast<StampingPipeline *> (self)->on_stamped (from, GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  return {};
}

void StampingPipeline::finish ()
{
  gst_element_send_event (element ("source").get (), gst_event_new_eos ());
}

void StampingPipeline::end_pictures ()
{
  send_end_to ("intake");
}

bool StampingPipeline::is_reading_over () const
{
  return !has_streams_ && is_idle (element ("source").get (), element ("parser").get ());
}

bool StampingPipeline::is_from_input (GstMessage *message) const
{
  return is_from (message, element ("source").get ()) ||
         is_from (message, element ("parser").get ()) ||
         is_from (message, element ("decoder").get ());
}

bool StampingPipeline::is_from_overlay (GstMessage *message) const
{
  return is_from (message, element ("overlay").get ());
}

GstClockTime StampingPipeline::announced_duration () const
{
  gint64 duration = 0;
  if (!gst_pad_peer_query_duration (pad ("intake", "sink").get (), GST_FORMAT_TIME, &duration) ||
      duration <= 0)
    return GST_CLOCK_TIME_NONE;
  return static_cast<GstClockTime> (duration);
}

void StampingPipeline::note (const std::string &text)
{
  post (gst_structure_new ("note", "text", G_TYPE_STRING, text.c_str (), nullptr));
}

// parsebin lets no stream flow before it has told of all of them.
void StampingPipeline::on_stream (GstPad *stream)
{
  has_streams_ = true;
  gst_pad_add_probe (
      stream,
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BUFFER |
                                    GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        const bool is_sticky =
            GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM &&
            GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_EOS;
        if (is_sticky)
          return GST_PAD_PROBE_OK;
        static_cast<StampingPipeline *> (self)->on_flow ();
        return GST_PAD_PROBE_REMOVE;
      },
      this, nullptr);
  gst_pad_add_probe (
      stream, GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        static_cast<StampingPipeline *> (self)->on_read (from, GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  const CapsPtr caps = caps_of (stream);
  if (gst_caps_is_any (caps.get ()) || gst_caps_is_empty (caps.get ()))
    return;
  const bool is_video = has_prefix (caps.get (), "video/") || has_prefix (caps.get (), "image/");
  if (is_video && !gst_pad_is_linked (pad ("video", "sink").get ()))
    link_video (stream, caps.get ());
  else
    on_other_stream (stream, caps.get ());
}

void StampingPipeline::on_flow ()
{
  if (!gst_pad_is_linked (pad ("video", "sink").get ()))
    post (gst_structure_new_empty ("no-video"));
}

// h265parse of GStreamer 1.22 hands on no messages of user data.
void StampingPipeline::link_video (GstPad *stream, const GstCaps *caps)
{
  const PadPtr sink = pad ("video", "sink");
  pictures_ = stream;
  if (!has_prefix (caps, "video/x-h265")) {
    gst_pad_link (stream, sink.get ());
    return;
  }
  GstElement *extractor = gst_element_factory_make ("numproseiextractor", nullptr);
  gst_bin_add (GST_BIN (get ()), extractor);
  const PadPtr from (gst_element_get_static_pad (extractor, "src")),
      into (gst_element_get_static_pad (extractor, "sink"));
  gst_pad_link (from.get (), sink.get ());
  gst_element_sync_state_with_parent (extractor);
  gst_pad_link (stream, into.get ());
}

void StampingPipeline::on_decoded_pad (GstPad *decoded)
{
  const PadPtr sink = pad ("intake", "sink");
  if (!gst_pad_is_linked (sink.get ()))
    gst_pad_link (decoded, sink.get ());
}

void StampingPipeline::on_stamped (GstPad *pad, GstBuffer *buffer)
{
  count (buffer);
  raise (end_time_, end_of (pad, buffer));
}

// Streams may have a thread each.
void StampingPipeline::on_read (GstPad *stream, GstBuffer *buffer)
{
  const GstClockTime end = end_of (stream, buffer);
  raise (read_time_, end);
  if (stream == pictures_)
    raise (picture_time_, end);
}

}  // namespace numpro::media
