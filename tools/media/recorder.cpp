/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recorder.h"

#include <glib-unix.h>
#include <gst/numpro/numpro.h>
#include <gst/video/video.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace examples {

namespace {

constexpr GstClockTime kTestSourceLimit = 12 * GST_SECOND;
constexpr GstClockTime kEndlessLimit = 30 * GST_SECOND;
// Clocks jitter: a frame this little before the limit is the first one behind it.
constexpr GstClockTime kLimitTolerance = GST_MSECOND;
constexpr guint kTickMilliseconds = 250;
constexpr guint kTicksPerSecond = 1000 / kTickMilliseconds;
constexpr guint kSecondsPerLine = 5;  // of progress, where it cannot be written in place
// An input that says nothing for so long is gone, a file that is not finished by then stuck.
constexpr guint kPatienceTicks = 30 * kTicksPerSecond;

constexpr char kTestSource[] =
    "videotestsrc is-live=true pattern=ball ! "
    "video/x-raw, width=1280, height=720, framerate=30/1 ! intake.";

// In 4:2:0, which every player shows. H.264 has it in even sizes only: the box adds what is
// missing. A size that changes on the way, which Matroska does not allow, is scaled to the first.
constexpr char kRecordingBranch[] =
    "queue name=intake ! videoconvert ! videoscale add-borders=true ! capsfilter name=size ! "
    "videobox name=padding ! numproverlay name=overlay numbering=time ! tee name=numbered "
    "numbered. ! queue ! numprosink name=batches "
    "numbered. ! queue ! x264enc name=encoder tune=zerolatency speed-preset=veryfast pass=qual quantizer=20 "
    "key-int-max=60 ! h264parse ! matroskamux name=muxer offset-to-zero=true ! filesink name=file ";

struct CapsUnref {
  void operator() (GstCaps *caps) const { gst_caps_unref (caps); }
};
using Caps = std::unique_ptr<GstCaps, CapsUnref>;

std::string clock_text (GstClockTime time)
{
  const guint64 seconds = time / GST_SECOND;
  std::unique_ptr<char, decltype (&g_free)> text (
      g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u", seconds / 60,
                       static_cast<guint> (seconds % 60)),
      g_free);
  return text.get ();
}

}  // namespace

Recorder::Recorder (RecordingPlan plan)
    : plan_ (std::move (plan)),
      loop_ (g_main_loop_new (nullptr, FALSE), g_main_loop_unref),
      shows_progress_in_place_ (isatty (STDOUT_FILENO))
{
  if (plan_.limit) {
    limit_ = *plan_.limit;
    limit_known_ = true;
  } else if (plan_.input.is_endless ()) {
    limit_ = plan_.input.is_test_source () ? kTestSourceLimit : kEndlessLimit;
    limit_known_ = true;
  }
}

Recorder::~Recorder ()
{
  if (pipeline_)
    gst_element_set_state (pipeline_.get (), GST_STATE_NULL);
}

Recorder::Element Recorder::element (const char *name) const
{
  return Element (gst_bin_get_by_name (GST_BIN (pipeline_.get ()), name));
}

Recorder::Pad Recorder::pad (const char *element_name, const char *pad_name) const
{
  return Pad (gst_element_get_static_pad (element (element_name).get (), pad_name));
}

// Returns why there is no pipeline, or nothing.
std::string Recorder::build ()
{
  std::string description = kRecordingBranch;
  if (plan_.input.is_test_source ())
    description += kTestSource;

  GError *error = nullptr;
  pipeline_.reset (
      gst_parse_launch_full (description.c_str (), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  if (!pipeline_) {
    const std::string why = error->message;
    g_error_free (error);
    return why + ".";
  }

  g_object_set (element ("file").get (), "location", plan_.location.c_str (), nullptr);
  g_object_set (element ("batches").get (), "location", plan_.bundles.c_str (), nullptr);
  gst_util_set_object_arg (G_OBJECT (element ("overlay").get ()), "rate", plan_.rate.c_str ());
  // Both are the pipeline's, which outlives the threads that use them.
  size_filter_ = element ("size").get ();
  padding_ = element ("padding").get ();

  if (!plan_.input.is_test_source ()) {
    source_ = gst_element_factory_make ("uridecodebin", nullptr);
    if (!source_)
      return "There is no uridecodebin here.";
    // Hardware decoders may leave frames where the encoder does not reach them.
    g_object_set (source_, "uri", plan_.input.uri ().c_str (), "force-sw-decoders", TRUE, nullptr);
    g_signal_connect_swapped (
        source_, "pad-added",
        G_CALLBACK (+[] (Recorder *self, GstPad *new_pad) { self->on_pad_added (new_pad); }), this);
    g_signal_connect_swapped (source_, "no-more-pads",
                              G_CALLBACK (+[] (Recorder *self) { self->on_no_more_pads (); }),
                              this);
    gst_bin_add (GST_BIN (pipeline_.get ()), source_);
  }

  gst_pad_add_probe (
      pad ("intake", "sink").get (),
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BUFFER |
                                    GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        return static_cast<Recorder *> (self)->on_intake (info);
      },
      this, nullptr);
  gst_pad_add_probe (
      pad ("overlay", "sink").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *sink, GstPadProbeInfo *info, gpointer self) {
        return static_cast<Recorder *> (self)->on_frame (sink, GST_PAD_PROBE_INFO_BUFFER (info));
      },
      this, nullptr);
  gst_pad_add_probe (
      pad ("overlay", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        static_cast<Recorder *> (self)->on_stamped (GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  return {};
}

Recording Recorder::run ()
{
  if (const std::string problem = build (); !problem.empty ()) {
    recording_.problem = problem;
    return recording_;
  }

  std::unique_ptr<GstBus, Unref<GstBus>> bus (gst_element_get_bus (pipeline_.get ()));
  gst_bus_add_watch (
      bus.get (),
      [] (GstBus *, GstMessage *message, gpointer self) -> gboolean {
        static_cast<Recorder *> (self)->on_message (message);
        return G_SOURCE_CONTINUE;
      },
      this);
  const GSourceFunc stop = [] (gpointer self) -> gboolean {
    static_cast<Recorder *> (self)->on_signal ();
    return G_SOURCE_CONTINUE;
  };
  const guint sources[] = {
      g_unix_signal_add (SIGINT, stop, this),
      g_unix_signal_add (SIGTERM, stop, this),
      g_timeout_add (
          kTickMilliseconds,
          [] (gpointer self) -> gboolean {
            static_cast<Recorder *> (self)->on_tick ();
            return G_SOURCE_CONTINUE;
          },
          this),
  };

  // A failure posts a message that says more than the return value.
  gst_element_set_state (pipeline_.get (), GST_STATE_PLAYING);
  g_main_loop_run (loop_.get ());
  gst_element_set_state (pipeline_.get (), GST_STATE_NULL);
  for (const guint source : sources)
    g_source_remove (source);
  gst_bus_remove_watch (bus.get ());

  if (frames_ > 0)
    show_progress ();
  if (shows_progress_in_place_)
    std::printf ("\n");
  recording_.frames = frames_;
  recording_.first_number = first_number_;
  recording_.last_number = last_number_;
  if (frames_ > 0)
    recording_.duration = end_time_ - first_time_;
  if (recording_.end == Recording::End::kNone) {
    std::error_code ignored;
    if (frames_ == 0) {
      std::filesystem::remove (plan_.location, ignored);
      std::filesystem::remove (plan_.bundles, ignored);
    }
  }
  return recording_;
}

// Lets the encoder and the muxer finish their work. The end of stream is put in behind the input,
// which may be beyond passing one on.
void Recorder::finish (const std::string &problem)
{
  if (stage_ != Stage::kRecording)
    return;
  if (frames_ == 0) {
    give_up (problem.empty () ? plan_.input.name () + " had no frame yet." : problem);
    return;
  }
  recording_.problem = problem;
  stage_ = Stage::kFinishing;
  stopping_ = true;
  ticks_without_frames_ = 0;
  // From another thread: the pad may be busy for as long as the encoder takes to make room.
  gst_element_call_async (
      element ("intake").get (),
      [] (GstElement *intake, gpointer) {
        const Pad sink (gst_element_get_static_pad (intake, "sink"));
        gst_pad_send_event (sink.get (), gst_event_new_eos ());
      },
      nullptr, nullptr);
}

void Recorder::give_up (const std::string &problem)
{
  stage_ = Stage::kOver;
  stopping_ = true;
  recording_.end = Recording::End::kNone;
  recording_.problem = problem;
  g_main_loop_quit (loop_.get ());
}

void Recorder::on_end ()
{
  if (frames_ == 0) {
    give_up (plan_.input.name () + " has no frame.");
    return;
  }
  if (stage_ == Stage::kRecording)
    recording_.problem = early_end ();
  recording_.end =
      recording_.problem.empty () ? Recording::End::kWhole : Recording::End::kSourceFailed;
  stage_ = Stage::kOver;
  g_main_loop_quit (loop_.get ());
}

// A file that was cut off ends without an error: its own account of its length tells.
std::string Recorder::early_end () const
{
  gint64 announced = 0;
  if (!source_ ||
      !gst_pad_peer_query_duration (pad ("intake", "sink").get (), GST_FORMAT_TIME, &announced))
    return {};
  const GstClockTime recorded = end_time_ - first_time_;
  const auto expected = static_cast<GstClockTime> (announced);
  if (recorded + GST_SECOND >= expected - expected / 20)
    return {};
  return plan_.input.name () + " broke off: it ended after " + clock_text (recorded) + " of " +
         clock_text (expected) + ".";
}

void Recorder::on_message (GstMessage *message)
{
  if (stage_ == Stage::kOver)
    return;
  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_EOS:
      on_end ();
      break;
    case GST_MESSAGE_ERROR: {
      GError *error = nullptr;
      gst_message_parse_error (message, &error, nullptr);
      const std::string text = plan_.input.redacted (error->message);
      g_error_free (error);
      const bool from_source =
          source_ && (GST_MESSAGE_SRC (message) == GST_OBJECT (source_) ||
                      gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), GST_OBJECT (source_)));
      if (from_source)
        finish (plan_.input.name () + (frames_ > 0 ? " broke off: " : " cannot be recorded: ") +
                text);
      else
        give_up ("Recording failed: " + text);
      break;
    }
    case GST_MESSAGE_WARNING: {
      GError *error = nullptr;
      gst_message_parse_warning (message, &error, nullptr);
      std::fprintf (stderr, "Warning: %s\n", plan_.input.redacted (error->message).c_str ());
      g_error_free (error);
      break;
    }
    case GST_MESSAGE_ELEMENT:
      if (gst_message_has_name (message, "numpro/batch"))
        on_batch (gst_message_get_structure (message));
      break;
    case GST_MESSAGE_APPLICATION:
      if (gst_message_has_name (message, "limit"))
        finish ();
      else if (gst_message_has_name (message, "no-video"))
        finish (plan_.input.name () + " has no video.");
      break;
    case GST_MESSAGE_LATENCY:
      gst_bin_recalculate_latency (GST_BIN (pipeline_.get ()));
      break;
    default:
      break;
  }
}

void Recorder::on_batch (const GstStructure *batch)
{
  Bundles &bundles = recording_.bundles;
  guint count = 0;
  GstClockTime start = GST_CLOCK_TIME_NONE;
  gst_structure_get (batch, "count", G_TYPE_UINT, &count, "start", G_TYPE_UINT64, &start, nullptr);
  if (bundles.count == 0)
    bundles.start = start;
  ++bundles.count;
  bundles.images += count;
  bundles.last = gst_structure_get_string (batch, "location");
}

void Recorder::on_signal ()
{
  // Asked twice: whoever asks does not want to wait for the file.
  if (stage_ == Stage::kFinishing)
    give_up ("Stopped before the file was finished.");
  else
    finish ();
}

void Recorder::on_tick ()
{
  ++ticks_;
  if (frames_ > 0) {
    find_limit ();
    if (shows_progress_in_place_ || ticks_ % (kSecondsPerLine * kTicksPerSecond) == 0)
      show_progress ();
  }

  ticks_without_frames_ = frames_ == frames_at_last_tick_ ? ticks_without_frames_ + 1 : 0;
  frames_at_last_tick_ = frames_;
  if (ticks_without_frames_ < kPatienceTicks)
    return;
  if (stage_ == Stage::kFinishing)
    give_up ("The file could not be finished in time.");
  else
    finish (plan_.input.name () + " sent no frame for " +
            std::to_string (kPatienceTicks / kTicksPerSecond) + " seconds.");
}

// Nobody would stop an address that turns out to be live or without an end.
void Recorder::find_limit ()
{
  if (limit_known_ || plan_.input.is_file ())
    return;
  limit_known_ = true;
  gboolean live = FALSE;
  gint64 duration = 0;
  GstQuery *latency = gst_query_new_latency ();
  if (gst_element_query (pipeline_.get (), latency))
    gst_query_parse_latency (latency, &live, nullptr, nullptr);
  gst_query_unref (latency);
  if (live || !gst_element_query_duration (source_, GST_FORMAT_TIME, &duration))
    limit_ = kEndlessLimit;
}

void Recorder::show_progress ()
{
  const std::string recorded = clock_text (end_time_ - first_time_);
  std::printf ("%s  recorded %s, number %" G_GUINT64_FORMAT "%s",
               shows_progress_in_place_ ? "\r" : "", recorded.c_str (), last_number_.load (),
               shows_progress_in_place_ ? " " : "\n");
  std::fflush (stdout);
}

void Recorder::on_pad_added (GstPad *new_pad)
{
  const Caps caps (gst_pad_query_caps (new_pad, nullptr));
  const bool is_video =
      !gst_caps_is_any (caps.get ()) && !gst_caps_is_empty (caps.get ()) &&
      g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps.get (), 0)), "video/");
  const Pad sink = pad ("intake", "sink");
  if (is_video && !gst_pad_is_linked (sink.get ()))
    gst_pad_link (new_pad, sink.get ());
}

void Recorder::on_no_more_pads ()
{
  if (!gst_pad_is_linked (pad ("intake", "sink").get ())) {
    gst_element_post_message (pipeline_.get (),
                              gst_message_new_application (GST_OBJECT (pipeline_.get ()),
                                                           gst_structure_new_empty ("no-video")));
  }
}

GstPadProbeReturn Recorder::on_intake (GstPadProbeInfo *info)
{
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)
    return stopping_ ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;

  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    GstCaps *caps = nullptr;
    gst_event_parse_caps (event, &caps);
    set_size (caps);
  }
  return GST_PAD_PROBE_OK;
}

void Recorder::set_size (GstCaps *caps)
{
  GstVideoInfo info;
  if (size_known_ || !gst_video_info_from_caps (&info, caps))
    return;
  size_known_ = true;
  const Caps size (gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "I420", "width",
                                        G_TYPE_INT, info.width, "height", G_TYPE_INT, info.height,
                                        nullptr));
  g_object_set (size_filter_, "caps", size.get (), nullptr);
  // Negative: added, not cut off.
  g_object_set (padding_, "right", -(info.width % 2), "bottom", -(info.height % 2), nullptr);
}

GstPadProbeReturn Recorder::on_frame (GstPad *sink, GstBuffer *buffer)
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
    if (!stopping_.exchange (true)) {
      gst_element_post_message (pipeline_.get (),
                                gst_message_new_application (GST_OBJECT (pipeline_.get ()),
                                                             gst_structure_new_empty ("limit")));
    }
    return GST_PAD_PROBE_DROP;
  }
  const GstClockTime duration =
      GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0;
  end_time_ = std::max (end_time_.load (), time + duration);
  return GST_PAD_PROBE_OK;
}

void Recorder::on_stamped (GstBuffer *buffer)
{
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (buffer);
  if (!meta)
    return;
  if (frames_ == 0)
    first_number_ = meta->number;
  last_number_ = meta->number;
  ++frames_;
}

}  // namespace examples
