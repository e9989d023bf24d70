/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recordingpipeline.h"

#include <gst/numpro/numpro.h>

#include <algorithm>

namespace numpro::media {

namespace {

// Clocks jitter: a frame this little before the limit is the first one behind it.
constexpr GstClockTime kLimitTolerance = GST_MSECOND;

constexpr char kTestSource[] =
    "videotestsrc is-live=true pattern=ball ! "
    "video/x-raw, width=1280, height=720, framerate=30/1 ! intake.";

constexpr char kRecordingBranch[] =
    "queue name=intake ! videoconvert ! videoscale add-borders=true ! capsfilter name=size ! "
    "videobox name=padding ! numproverlay name=overlay numbering=time ! tee name=numbered "
    "numbered. ! queue ! numprosink name=batches "
    "numbered. ! queue ! x264enc name=encoder tune=zerolatency speed-preset=veryfast pass=qual quantizer=20 "
    "key-int-max=60 ! h264parse ! matroskamux name=muxer offset-to-zero=true ! filesink name=file ";

}  // namespace

std::string RecordingPipeline::build ()
{
  std::string description = kRecordingBranch;
  if (plan_.input.is_test_source ())
    description += kTestSource;

  if (const std::string problem = launch (description); !problem.empty ())
    return problem;

  g_object_set (element ("file").get (), "location", plan_.location.c_str (), nullptr);
  g_object_set (element ("batches").get (), "location", plan_.bundles.c_str (), nullptr);
  gst_util_set_object_arg (G_OBJECT (element ("overlay").get ()), "rate", plan_.rate.c_str ());
  // Both are the pipeline's, which outlives the threads that use them.
  size_filter_ = element ("size").get ();
  padding_ = element ("padding").get ();
  add_probes ();
  return plan_.input.is_test_source () ? "" : add_source ();
}

std::string RecordingPipeline::add_source ()
{
  source_ = gst_element_factory_make ("uridecodebin", nullptr);
  if (!source_)
    return "There is no uridecodebin here.";
  // Hardware decoders may leave frames where the encoder does not reach them.
  g_object_set (source_, "uri", plan_.input.uri ().c_str (), "force-sw-decoders", TRUE, nullptr);
  g_signal_connect_swapped (
      source_, "pad-added",
      G_CALLBACK (+[] (RecordingPipeline *self, GstPad *new_pad) { self->on_pad_added (new_pad); }),
      this);
  g_signal_connect_swapped (
      source_, "no-more-pads",
      G_CALLBACK (+[] (RecordingPipeline *self) { self->on_no_more_pads (); }), this);
  gst_bin_add (GST_BIN (get ()), source_);
  return {};
}

void RecordingPipeline::add_probes ()
{
  gst_pad_add_probe (
      pad ("intake", "sink").get (),
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BUFFER |
                                    GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        return static_cast<RecordingPipeline *> (self)->on_intake (info);
      },
      this, nullptr);
  gst_pad_add_probe (
      pad ("overlay", "sink").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *sink, GstPadProbeInfo *info, gpointer self) {
        return static_cast<RecordingPipeline *> (self)->on_frame (sink,
                                                                  GST_PAD_PROBE_INFO_BUFFER (info));
      },
      this, nullptr);
  gst_pad_add_probe (
      pad ("overlay", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        static_cast<RecordingPipeline *> (self)->count (GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

// The end of stream is put in behind the input, which may be beyond passing one on.
void RecordingPipeline::send_end ()
{
  stop_intake ();
  send_end_to ("intake");
}

bool RecordingPipeline::is_from_source (GstMessage *message) const
{
  return source_ && is_from (message, source_);
}

bool RecordingPipeline::is_source_endless () const
{
  gboolean live = FALSE;
  gint64 duration = 0;
  const MiniObjectPtr<GstQuery> latency (gst_query_new_latency ());
  if (gst_element_query (get (), latency.get ()))
    gst_query_parse_latency (latency.get (), &live, nullptr, nullptr);
  return live || !gst_element_query_duration (source_, GST_FORMAT_TIME, &duration);
}

std::optional<GstClockTime> RecordingPipeline::announced_duration () const
{
  gint64 announced = 0;
  if (!source_ ||
      !gst_pad_peer_query_duration (pad ("intake", "sink").get (), GST_FORMAT_TIME, &announced))
    return std::nullopt;
  return static_cast<GstClockTime> (announced);
}

void RecordingPipeline::on_pad_added (GstPad *new_pad)
{
  const CapsPtr caps (gst_pad_query_caps (new_pad, nullptr));
  const bool is_video =
      !gst_caps_is_any (caps.get ()) && !gst_caps_is_empty (caps.get ()) &&
      g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps.get (), 0)), "video/");
  const PadPtr sink = pad ("intake", "sink");
  if (is_video && !gst_pad_is_linked (sink.get ()))
    gst_pad_link (new_pad, sink.get ());
}

void RecordingPipeline::on_no_more_pads ()
{
  if (!gst_pad_is_linked (pad ("intake", "sink").get ()))
    post (gst_structure_new_empty ("no-video"));
}

GstPadProbeReturn RecordingPipeline::on_intake (GstPadProbeInfo *info)
{
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)
    return is_stopped_ ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;

  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    GstCaps *caps = nullptr;
    gst_event_parse_caps (event, &caps);
    size_.settle (caps, size_filter_, [this] { return padding_; });
  }
  return GST_PAD_PROBE_OK;
}

GstPadProbeReturn RecordingPipeline::on_frame (GstPad *sink, GstBuffer *buffer)
{
  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_PAD_PROBE_OK;  // numproverlay says what is wrong
  GstEvent *event = gst_pad_get_sticky_event (sink, GST_EVENT_SEGMENT, 0);
  if (!event)
    return GST_PAD_PROBE_OK;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event, &segment);
  const GstClockTime time =
      gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  gst_event_unref (event);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return GST_PAD_PROBE_OK;

  if (!GST_CLOCK_TIME_IS_VALID (first_time_)) {
    first_time_ = time;
    // A camera's first frame comes some time after the start; the recording is to begin with it.
    g_signal_emit_by_name (element ("overlay").get (), "reset");
  }
  const GstClockTime elapsed = time > first_time_ ? time - first_time_ : 0;
  if (GST_CLOCK_TIME_IS_VALID (limit_) && elapsed + kLimitTolerance >= limit_) {
    if (!is_stopped_.exchange (true))
      post (gst_structure_new_empty ("limit"));
    return GST_PAD_PROBE_DROP;
  }
  const GstClockTime duration =
      GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0;
  end_time_ = std::max (end_time_.load (), time + duration);
  return GST_PAD_PROBE_OK;
}

}  // namespace numpro::media
