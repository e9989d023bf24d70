/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "windowpipeline.h"

#include <utility>

#include "batchcopy.h"

namespace numpro::asking {

namespace {

// Hardware decoders may leave frames where numproverlay does not reach them, and hand on no
// messages of user data. What waits is encoded already: of decoded frames a few are enough.
constexpr char kPipeline[] =
    "decodebin name=decoder force-sw-decoders=true "
    "queue name=intake max-size-buffers=4 max-size-bytes=0 max-size-time=0 ! videoconvert ! "
    "numproverlay name=overlay ! numprosink name=sink leaky-type=none history=0 max-batches=2";

// A frame before the segment, which others may need, counts as its first one.
GstClockTime running_time_of (GstBuffer *frame, GstPad *pad)
{
  const MiniObjectPtr<GstEvent> event (gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0));
  if (!event || !GST_BUFFER_PTS_IS_VALID (frame))
    return GST_CLOCK_TIME_NONE;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event.get (), &segment);
  guint64 time = 0;
  const int sign =
      gst_segment_to_running_time_full (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (frame), &time);
  return sign > 0 ? time : sign < 0 ? 0 : GST_CLOCK_TIME_NONE;
}

}  // namespace

guint overlap_of (guint batch_size)
{
  return batch_size / 2;
}

std::string WindowPipeline::build (const std::string &input, const Sampling &sampling,
                                   const media::ElementOptions &window_options)
{
  if (std::string problem = build_reading (input, kPipeline); !problem.empty ())
    return problem;
  const ElementPtr overlay = element ("overlay"), sink = element ("sink"),
                   decoder = element ("decoder");
  window_options.apply_to (sink.get ());
  guint batch_size = 0;
  g_object_get (sink.get (), "batch-size", &batch_size, nullptr);
  g_object_set (sink.get (), "overlap", overlap_of (batch_size), nullptr);
  gst_util_set_object_arg (G_OBJECT (overlay.get ()), "numbering",
                           sampling.is_recorded ? "recorded" : "time");
  gst_util_set_object_arg (G_OBJECT (overlay.get ()), "rate", sampling.numbers.c_str ());
  // Where each number is wanted their slots say when: a frame early or late is no matter then.
  if (sampling.is_recorded || sampling.rate != sampling.numbers)
    gst_util_set_object_arg (G_OBJECT (sink.get ()), "sample-rate", sampling.rate.c_str ());
  gst_pad_add_probe (
      pad ("overlay", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        static_cast<WindowPipeline *> (self)->count (GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  keep_messages (decoder.get ());
  g_signal_connect_swapped (
      decoder.get (), "pad-added",
      G_CALLBACK (+[] (WindowPipeline *self, GstPad *decoded) { self->on_decoded_pad (decoded); }),
      this);
  return {};
}

void WindowPipeline::on_decoded_pad (GstPad *decoded)
{
  const PadPtr sink = pad ("intake", "sink");
  if (!gst_pad_is_linked (sink.get ()))
    gst_pad_link (decoded, sink.get ());
}

// numproverlay numbers by running time, which begins anew where one seeks to.
void WindowPipeline::limit_to (const Section &section)
{
  section_ = section;
  g_object_set (element ("sink").get (), "overlap", 0, nullptr);
  const PadPtr decoded = pad ("intake", "src");
  gst_pad_set_offset (decoded.get (), static_cast<gint64> (section.start));
  // What is decoded before the section is reached goes no further: there is no number for it.
  wait_ = gst_pad_add_probe (
      decoded.get (),
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
      [] (GstPad *, GstPadProbeInfo *, gpointer self) {
        static_cast<WindowPipeline *> (self)->begin_to_seek ();
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

// From another thread: this one waits until the frames of the section come.
void WindowPipeline::begin_to_seek ()
{
  if (std::exchange (has_begun_to_seek_, true))
    return;
  gst_element_call_async (
      get (), [] (GstElement *, gpointer self) { static_cast<WindowPipeline *> (self)->seek (); },
      this, nullptr);
}

void WindowPipeline::seek ()
{
  constexpr auto kExactly =
      static_cast<GstSeekFlags> (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE);
  GstEvent *event = gst_event_new_seek (1, GST_FORMAT_TIME, kExactly, GST_SEEK_TYPE_SET,
                                        static_cast<gint64> (section_.start), GST_SEEK_TYPE_SET,
                                        static_cast<gint64> (section_.end));
  if (!gst_pad_push_event (pad ("intake", "sink").get (), event))
    GST_ELEMENT_ERROR (get (), STREAM, FAILED, ("It has no index to find a part of it by."),
                       (nullptr));
  gst_pad_remove_probe (pad ("intake", "src").get (), wait_);
}

void WindowPipeline::decode_few (GstClockTime period)
{
  few_.emplace (period);
  period_ = period;
  // Each frame that is left is wanted, however far it is from the one before.
  gst_util_set_object_arg (G_OBJECT (element ("sink").get ()), "sample-rate", "0/1");
  g_object_set (element ("sink").get (), "max-gap", guint64 (0), nullptr);
  gst_pad_add_probe (
      pad ("intake", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        return static_cast<WindowPipeline *> (self)->choose_decoded (from, info);
      },
      this, nullptr);
  gst_pad_add_probe (
      // Where the end of the stream is not noted before the frames left are passed on.
      pad ("video", "sink").get (),
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BUFFER |
                                    GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        return static_cast<WindowPipeline *> (self)->on_coded (from, info);
      },
      this, nullptr);
}

GstPadProbeReturn WindowPipeline::on_coded (GstPad *pad, GstPadProbeInfo *info)
{
  if (is_pushing_few_)
    return GST_PAD_PROBE_OK;
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS)
      push_few (pad, GST_CLOCK_TIME_NONE);
    return GST_PAD_PROBE_OK;
  }
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  const GstClockTime time = running_time_of (frame, pad);
  if (GST_BUFFER_FLAG_IS_SET (frame, GST_BUFFER_FLAG_DELTA_UNIT)) {
    few_->add (BufferPtr (gst_buffer_ref (frame)), time);
    return GST_PAD_PROBE_DROP;
  }
  push_few (pad, time);
  few_->begin (time);
  return GST_PAD_PROBE_OK;
}

// Of each period the first frame.
GstPadProbeReturn WindowPipeline::choose_decoded (GstPad *pad, GstPadProbeInfo *info)
{
  const GstClockTime time = running_time_of (GST_PAD_PROBE_INFO_BUFFER (info), pad);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return GST_PAD_PROBE_OK;
  const guint64 period = time / period_;
  return std::exchange (last_period_, period) == period ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

// What is wrong with one of them is wrong with the next frame too.
void WindowPipeline::push_few (GstPad *pad, GstClockTime next)
{
  is_pushing_few_ = true;
  for (BufferPtr &frame : few_->finish (next))
    gst_pad_chain (pad, frame.release ());
  is_pushing_few_ = false;
}

BatchPtr WindowPipeline::next (GstClockTime patience)
{
  GstNumproBatch *batch = nullptr;
  g_signal_emit_by_name (element ("sink").get (), "try-pull-batch", patience, &batch);
  const BatchPtr owned (batch);
  return owned ? without_times_of_reading (owned.get ()) : nullptr;
}

}  // namespace numpro::asking
