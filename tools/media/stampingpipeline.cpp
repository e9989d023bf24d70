/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampingpipeline.h"

#include <gst/gst.h>

namespace numpro::media {

namespace {

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

StampingPipeline::StampingPipeline (std::string input, const OverlayOptions &look)
    : input_ (std::move (input)), look_ (look)
{
}

std::string StampingPipeline::build_with (const std::string &output)
{
  if (const std::string problem = build_decoding (input_, output); !problem.empty ())
    return problem;
  look_.apply_to (element ("overlay").get ());
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

bool StampingPipeline::is_from_overlay (GstMessage *message) const
{
  return is_from (message, element ("overlay").get ());
}

void StampingPipeline::note (const std::string &text)
{
  post (gst_structure_new ("note", "text", G_TYPE_STRING, text.c_str (), nullptr));
}

void StampingPipeline::on_stream (GstPad *stream, const GstCaps *caps, bool is_read)
{
  gst_pad_add_probe (
      stream, GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        static_cast<StampingPipeline *> (self)->on_read (from, GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  if (is_read)
    pictures_ = stream;
  else
    on_other_stream (stream, caps);
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
