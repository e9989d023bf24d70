/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "exactclippipeline.h"

#include <utility>

namespace numpro::media {

namespace {

// Hardware decoders may hand on no messages of user data. What waits is encoded already: of decoded
// frames a few are enough.
constexpr char kDecoding[] =
    "decodebin name=decoder force-sw-decoders=true "
    "queue name=intake max-size-buffers=4 max-size-bytes=0 max-size-time=0 ! ";

// Numbers go from one message into the next; nothing is drawn.
constexpr char kNumbering[] = "numproverlay numbering=recorded silent=true ! ";

// The running time becomes stream time, by which slots of numbers may begin before the clip does.
GstEvent *in_stream_time (GstEvent *event)
{
  GstSegment segment;
  gst_event_copy_segment (event, &segment);
  segment.base = segment.time;
  GstEvent *changed = gst_event_new_segment (&segment);
  gst_event_set_seqnum (changed, gst_event_get_seqnum (event));
  gst_event_unref (event);
  return changed;
}

void keep_stream_time (GstPad *pad)
{
  gst_pad_add_probe (
      pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      [] (GstPad *, GstPadProbeInfo *info, gpointer) {
        GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
        if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
          GST_PAD_PROBE_INFO_DATA (info) = in_stream_time (event);
        return GST_PAD_PROBE_OK;
      },
      nullptr, nullptr);
}

// h264parse hands some on behind fragments of MP4; matroskamux would take it for one at time 0.
GstPadProbeReturn drop_untimed (GstPad *, GstPadProbeInfo *info, gpointer)
{
  return GST_BUFFER_PTS_IS_VALID (GST_PAD_PROBE_INFO_BUFFER (info)) ? GST_PAD_PROBE_OK
                                                                    : GST_PAD_PROBE_DROP;
}

}  // namespace

ExactClipPipeline::ExactClipPipeline (ClipPlan plan)
    : ClipPipeline (std::move (plan), *Container::of (".mkv"))
{
}

std::string ExactClipPipeline::build ()
{
  const bool has_numbers = plan ().has_numbers;
  const std::string problem = build_clip (
      kDecoding + PictureEncoding::line (has_numbers ? kNumbering : "") +
      (has_numbers ? " ! numproseiinserter" : "") + " ! " + kUnlimitedQueue +
      " ! h264parse name=coded ! muxer. matroskamux name=muxer offset-to-zero=true ! filesink name=file");
  if (problem.empty ())
    add_probes ();
  return problem;
}

void ExactClipPipeline::add_probes ()
{
  gst_pad_add_probe (pad ("coded", "src").get (), GST_PAD_PROBE_TYPE_BUFFER, drop_untimed, nullptr,
                     nullptr);
  encoding_.attach (get (), pad ("video", "src").get ());
  keep_stream_time (pad ("video", "src").get ());
  gst_pad_add_probe (
      pad ("intake", "src").get (), kData,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        return static_cast<ExactClipPipeline *> (self)->choose_picture (from, info);
      },
      this, nullptr);
  connect_decoder ();
}

void ExactClipPipeline::on_positioned ()
{
  release_sound (plan ().start);
}

void ExactClipPipeline::on_sound (GstPad *stream, const GstCaps *caps)
{
  keep_stream_time (stream);
  add_encoded_sound (stream, caps);
}

GstPadProbeReturn ExactClipPipeline::choose_picture (GstPad *from, GstPadProbeInfo *info)
{
  const bool has_come_to_end = has_ended (from);
  if (!(GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER))
    return has_come_to_end ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
  const GstClockTimeDiff time = stream_time_on (from, GST_PAD_PROBE_INFO_BUFFER (info));
  if (!GST_CLOCK_STIME_IS_VALID (time) || time < static_cast<GstClockTimeDiff> (plan ().start))
    return GST_PAD_PROBE_DROP;
  if (has_come_to_end) {
    pass_over (time);
    return GST_PAD_PROBE_DROP;
  }
  if (is_behind (time))
    return end_stream (from);
  count_picture (time);
  return GST_PAD_PROBE_OK;
}

}  // namespace numpro::media
