/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "copiedclippipeline.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace numpro::media {

namespace {

GstClockTimeDiff end_of (const ClipPlan &plan)
{
  return GST_CLOCK_TIME_IS_VALID (plan.end) ? static_cast<GstClockTimeDiff> (plan.end)
                                            : GST_CLOCK_STIME_NONE;
}

// Muxers leave out what is before the segment: with an edit list, or behind a seek into fragments,
// the key frame may be.
bool is_before_segment (GstPad *into, GstBuffer *buffer)
{
  const MiniObjectPtr<GstEvent> event (gst_pad_get_sticky_event (into, GST_EVENT_SEGMENT, 0));
  if (!event)
    return false;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event.get (), &segment);
  guint64 time = 0;
  return gst_segment_to_running_time_full (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer),
                                           &time) < 0;
}

}  // namespace

CopiedClipPipeline::CopiedClipPipeline (ClipPlan plan, Container container)
    : ClipPipeline (std::move (plan), container),
      clip_ (static_cast<GstClockTimeDiff> (this->plan ().start), end_of (this->plan ()))
{
}

std::string CopiedClipPipeline::build ()
{
  const bool is_matroska = container ().muxer == std::string_view ("matroskamux");
  return build_clip (std::string ("identity name=copied ") + container ().muxer + " name=muxer " +
                     (is_matroska ? "offset-to-zero=true" : "") + " ! filesink name=file");
}

void CopiedClipPipeline::on_video (const GstCaps *caps)
{
  GstPadTemplate *into = Container::template_for (element ("muxer").get (), caps);
  if (!into) {
    GST_ELEMENT_ERROR (get (), STREAM, WRONG_TYPE,
                       ("%s has no place for %s as it is; leave out --clips-copy.",
                        container ().name, described (caps).c_str ()),
                       (nullptr));
    return;
  }
  const char *parser = parser_of (caps);
  GstElement *chain = add_chain (
      std::string (parser ? parser : "identity") + " name=head ! " + kUnlimitedQueue + " name=tail",
      pad ("copied", "src").get (), into, container ());
  if (!chain)
    return;
  const ElementPtr tail (gst_bin_get_by_name (GST_BIN (chain), "tail"));
  // Where the end of the stream is not noted before the frames left are passed on.
  const PadPtr chosen (gst_element_get_static_pad (tail.get (), "sink"));
  const PadPtr parsed (gst_pad_get_peer (chosen.get ()));
  gst_pad_add_probe (
      parsed.get (), kData,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        return static_cast<CopiedClipPipeline *> (self)->drop_behind_end (from, info);
      },
      this, nullptr);
  gst_pad_add_probe (
      chosen.get (), kData,
      [] (GstPad *pad, GstPadProbeInfo *info, gpointer self) {
        return static_cast<CopiedClipPipeline *> (self)->choose_frame (pad, info);
      },
      this, nullptr);
}

void CopiedClipPipeline::on_sound (GstPad *stream, const GstCaps *caps)
{
  if (GstPadTemplate *into = Container::template_for (element ("muxer").get (), caps))
    add_copied_sound (stream, caps, into);
  else
    add_encoded_sound (stream, caps);
}

GstPadProbeReturn CopiedClipPipeline::drop_behind_end (GstPad *from, GstPadProbeInfo *info)
{
  if (!has_ended (from))
    return GST_PAD_PROBE_OK;
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)
    pass_over (stream_time_on (from, GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_DROP;
}

GstPadProbeReturn CopiedClipPipeline::choose_frame (GstPad *into, GstPadProbeInfo *info)
{
  if (is_pushing_)
    return GST_PAD_PROBE_OK;
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS)
      push (into, clip_.finish ());
    return GST_PAD_PROBE_OK;
  }
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (!GST_BUFFER_PTS_IS_VALID (buffer)) {
    GST_ELEMENT_ERROR (get (), STREAM, FORMAT,
                       ("Its frames do not say when they are to be seen; leave out --clips-copy."),
                       (nullptr));
    return GST_PAD_PROBE_DROP;
  }
  push (into, clip_.add (described_frame (into, buffer)));
  if (clip_.is_over ())
    gst_pad_send_event (into, gst_event_new_eos ());
  return GST_PAD_PROBE_DROP;
}

CodedPicture CopiedClipPipeline::described_frame (GstPad *into, GstBuffer *buffer)
{
  CodedPicture frame;
  frame.buffer.reset (gst_buffer_ref (buffer));
  frame.time = stream_time_on (into, buffer);
  frame.dts = GST_CLOCK_STIME_NONE;
  if (GST_BUFFER_DTS_IS_VALID (buffer))
    frame.dts = frame.time - GST_CLOCK_DIFF (GST_BUFFER_DTS (buffer), GST_BUFFER_PTS (buffer));
  frame.is_key = is_key_frame (into, buffer);
  return frame;
}

void CopiedClipPipeline::push (GstPad *into, std::vector<CodedPicture> frames)
{
  if (!frames.empty () && is_before_segment (into, frames.front ().buffer.get ())) {
    GST_ELEMENT_ERROR (get (), STREAM, FORMAT,
                       ("The key frame that it needs lies before what the file shows; leave out "
                        "--clips-copy."),
                       (nullptr));
    return;
  }
  is_pushing_ = true;
  for (CodedPicture &frame : frames) {
    if (gst_pad_chain (into, frame.buffer.release ()) == GST_FLOW_OK)
      count_picture (frame.time);
  }
  is_pushing_ = false;
  // Sound begins with the pictures. Where there is none of them there is none of it.
  if (clip_.start () || clip_.is_over ())
    release_sound (static_cast<GstClockTime> (
        std::max<GstClockTimeDiff> (clip_.start ().value_or (G_MAXINT64), 0)));
}

}  // namespace numpro::media
