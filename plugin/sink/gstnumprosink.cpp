/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-numprosink
 * @title: numprosink
 * @short_description: batches numbered frames, with a ledger of their times
 *
 * Takes frames that numproverlay has numbered, picks one for each number, makes a small JPEG of it,
 * and collects these samples in batches. Each batch has a ledger that says of every number which
 * instant it stands for, so that "from frame 12 to frame 17" turns back into exact time.
 *
 * Batches go to the application (the actions `pull-batch` and `try-pull-batch`, or the signal
 * `new-batch`), and to a directory if #GstNumprosink:location is set. A model is asked about them
 * if #GstNumprosink:endpoint is set.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=300 ! numproverlay numbering=time ! numprosink batch-size=5 location=bundles
 * ]|
 * Ten seconds of a test picture as two bundles of five samples, one a second.
 *
 * |[
 * gst-launch-1.0 -m videotestsrc pattern=blue num-buffers=90 ! numproverlay numbering=time rate=2/1 ! numprosink question="the screen is blue" endpoint=http://localhost:8000/v1 model=Qwen/Qwen2.5-VL-7B-Instruct
 * ]|
 * Asks a model when the screen is blue. The answer comes as a message `numpro/answer`.
 *
 * |[
 * gst-launch-1.0 -m videotestsrc pattern=blue num-buffers=30 ! numproverlay numbering=time rate=8/1 ! numprosink question="the screen is blue" probe-on-start=true endpoint=http://localhost:8000/v1 model=Qwen/Qwen2.5-VL-7B-Instruct
 * ]|
 * The same, but before the first question it is found out whether as many images as a batch has
 * reach the model in their order: numbered pictures are sent, and it is to say which numbers it
 * sees. The message `numpro/probe` and a warning say what is lost, and what to do about it. So does
 * the action `probe` at any time.
 *
 * |[
 * gst-launch-1.0 -m videotestsrc pattern=blue num-buffers=90 ! numproverlay numbering=time rate=2/1 ! numprosink question="the screen is blue" endpoint=https://RESOURCE.openai.azure.com/openai/v1 model=DEPLOYMENT request-headers='headers,api-key="$AZURE_OPENAI_API_KEY"'
 * ]|
 * Asks a server that wants its key in another header than #GstNumprosink:api-key is sent in.
 * #GstNumprosink:request-headers takes it from the environment and shows it to nobody else.
 *
 * Since: 0.1
 */

#include "gstnumprosink.h"

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <memory>
#include <mutex>
#include <optional>

#include "lib/model/httpurl.h"
#include "lib/picture/contentpeak.h"
#include "missingnumbers.h"
#include "run.h"
#include "signals.h"

GST_DEBUG_CATEGORY_STATIC (numprosink_debug);
#define GST_CAT_DEFAULT numprosink_debug

using namespace numpro;

namespace {

GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                             GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (GST_VIDEO_FORMATS_ALL)));

struct Private {
  std::mutex settings_lock;
  SinkSettings settings = default_settings (sink_properties ());

  std::mutex run_lock;  // the pointers, against pulls and property reads
  std::shared_ptr<Run> run;
  std::shared_ptr<const Accounting> accounting = std::make_shared<Accounting> ();  // the last run's
};

}  // namespace

struct _GstNumprosink {
  GstBaseSink parent;
  Private *priv;
};

G_DEFINE_FINAL_TYPE (GstNumprosink, gst_numprosink, GST_TYPE_BASE_SINK)
GST_ELEMENT_REGISTER_DEFINE (numprosink, "numprosink", GST_RANK_NONE, GST_TYPE_NUMPROSINK)

enum { PROP_STATS = 1000 };

static Private *priv_of (gpointer object)
{
  return GST_NUMPROSINK (object)->priv;
}

static std::shared_ptr<Run> run_of (gpointer object)
{
  Private *priv = priv_of (object);
  std::lock_guard lock (priv->run_lock);
  return priv->run;
}

// Bounded, so that it can be added to the time now.
static std::chrono::nanoseconds duration_of (GstClockTime time)
{
  return std::chrono::nanoseconds (static_cast<gint64> (std::min<guint64> (time, G_MAXINT64 / 4)));
}

// Starting and stopping

// Of the clock, while it counts: paused, the clock goes on, and the running time does not. What is
// asked for decides: a live source sends nothing while paused, so that the sink, which waits for a
// frame, still has the state of before.
static GstClockTime running_time (GstElement *element)
{
  GST_OBJECT_LOCK (element);
  const bool is_playing = GST_STATE_TARGET (element) == GST_STATE_PLAYING;
  GST_OBJECT_UNLOCK (element);
  return is_playing ? gst_element_get_current_running_time (element) : GST_CLOCK_TIME_NONE;
}

// Returns none, and tells why, where the directory cannot be written to.
static std::optional<BundleDirPtr> open_bundles (GstBaseSink *base, const StartSettings &settings)
{
  GError *problem = nullptr;
  BundleDirPtr bundles = settings.open_bundles (&problem);
  if (const ErrorPtr owned (problem); owned) {
    gst_element_message_full (GST_ELEMENT (base), GST_MESSAGE_ERROR, problem->domain, problem->code,
                              g_strdup (problem->message), nullptr, __FILE__, GST_FUNCTION,
                              __LINE__);
    return std::nullopt;
  }
  if (bundles && !gst_numpro_bundle_dir_is_locked (bundles.get ()))
    GST_ELEMENT_WARNING (base, RESOURCE, OPEN_WRITE,
                         ("location is on a file system without locks: %s. See to it that nobody "
                          "else writes there.",
                          settings.location.c_str ()),
                         (nullptr));
  return bundles;
}

static bool start (GstBaseSink *base)
{
  Private *priv = priv_of (base);
  std::unique_lock settings_lock (priv->settings_lock);
  const StartSettings settings = priv->settings.start;
  settings_lock.unlock ();
  if (const std::string problem = settings.problem (); !problem.empty ()) {
    GST_ELEMENT_ERROR (base, RESOURCE, SETTINGS, ("%s", problem.c_str ()), (nullptr));
    return false;
  }
  const std::optional<BundleDirPtr> bundles = open_bundles (base, settings);
  if (!bundles)
    return false;
  auto run =
      std::make_shared<Run> (Run::Element{GST_ELEMENT (base), sink_signal (SinkSignal::kNewBatch),
                                          sink_signal (SinkSignal::kNewAnswer),
                                          [priv] {
                                            std::lock_guard lock (priv->settings_lock);
                                            return priv->settings.live;
                                          },
                                          [base] { return running_time (GST_ELEMENT (base)); }},
                             settings, bundles->get ());
  GST_DEBUG_OBJECT (base, "started, location %s, endpoint %s, model %s", settings.location.c_str (),
                    without_credentials (settings.ask.endpoint).c_str (),
                    settings.ask.model.c_str ());
  std::lock_guard lock (priv->run_lock);
  priv->accounting = run->accounting;
  priv->run = std::move (run);
  return true;
}

static void stop (GstBaseSink *base)
{
  Private *priv = priv_of (base);
  std::unique_lock lock (priv->run_lock);
  const std::shared_ptr<Run> run = std::move (priv->run);
  lock.unlock ();
  // Who pulls at this moment holds the run too, and gets no batch.
  if (run)
    run->stop ();
  GST_DEBUG_OBJECT (base, "stopped");
}

static void look_at_clock (GstBaseSink *base)
{
  if (const std::shared_ptr<Run> run = run_of (base))
    run->batcher.look_at_clock ();
}

// A run goes from READY to READY, as the streaming does, and not with the start and stop of the
// base class from NULL to NULL: there a pipeline's bus takes no more messages of what was lost.
static GstStateChangeReturn gst_numprosink_change_state (GstElement *element,
                                                         GstStateChange transition)
{
  GstBaseSink *base = GST_BASE_SINK (element);
  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED && !start (base))
    return GST_STATE_CHANGE_FAILURE;
  const GstStateChangeReturn result =
      GST_ELEMENT_CLASS (gst_numprosink_parent_class)->change_state (element, transition);
  const bool failed_to_start =
      transition == GST_STATE_CHANGE_READY_TO_PAUSED && result == GST_STATE_CHANGE_FAILURE;
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY || failed_to_start)
    stop (base);
  else if (transition == GST_STATE_CHANGE_PAUSED_TO_PLAYING)
    look_at_clock (base);
  return result;
}

static gboolean set_interrupted (GstBaseSink *base, bool interrupted)
{
  if (const std::shared_ptr<Run> run = run_of (base))
    run->batcher.set_interrupted (interrupted);
  return TRUE;
}

// Streaming

// None where frames are no live ones.
static std::optional<GstClockTime> live_latency (GstBaseSink *base)
{
  GstQuery *query = gst_query_new_latency ();
  gboolean live = FALSE;
  GstClockTime latency = 0;
  if (gst_pad_peer_query (GST_BASE_SINK_PAD (base), query))
    gst_query_parse_latency (query, &live, &latency, nullptr);
  gst_query_unref (query);
  return live ? std::optional (latency) : std::nullopt;
}

static gboolean gst_numprosink_set_caps (GstBaseSink *base, GstCaps *caps)
{
  const std::shared_ptr<Run> run = run_of (base);
  GstVideoInfo info;
  if (!run || !gst_video_info_from_caps (&info, caps))
    return FALSE;
  run->set_info (info, content_peak (caps), live_latency (base));
  GST_DEBUG_OBJECT (base, "caps %" GST_PTR_FORMAT ", pictures of %dx%d", caps,
                    run->sampler.picture_width (), run->sampler.picture_height ());
  return TRUE;
}

static GstFlowReturn submit (GstBaseSink *base, Run &run, std::unique_ptr<SampledFrame> frame)
{
  while ((frame = run.submit (std::move (frame)))) {
    // Interrupted for a pause or for a flush.
    if (const GstFlowReturn flow = gst_base_sink_wait_preroll (base); flow != GST_FLOW_OK) {
      run.drop (std::move (frame));
      return flow;
    }
  }
  return GST_FLOW_OK;
}

static GstFlowReturn gst_numprosink_render (GstBaseSink *base, GstBuffer *buffer)
{
  Run &run = *priv_of (base)->run;
  if (run.has_failed ())
    return GST_FLOW_ERROR;
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (buffer);
  if (!meta) {
    GST_ELEMENT_ERROR (base, STREAM, FORMAT,
                       ("%s", missing_numbers_sentence (GST_ELEMENT (base)).c_str ()),
                       ("a buffer has no GstNumproMeta"));
    return GST_FLOW_ERROR;
  }
  run.accounting->count_frame ();
  if (!run.sampler.wants (buffer, *meta, base->segment))
    return GST_FLOW_OK;

  if (const std::string &problem = run.picture_problem (); !problem.empty ()) {
    GST_ELEMENT_ERROR (base, RESOURCE, SETTINGS, ("%s", problem.c_str ()), (nullptr));
    return GST_FLOW_ERROR;
  }
  std::unique_ptr<SampledFrame> frame =
      run.sampler.take (buffer, *meta, base->segment, PipelineTime::of (GST_ELEMENT (base)));
  if (!frame) {
    GST_ELEMENT_ERROR (base, RESOURCE, READ, ("Could not map a frame."),
                       ("the buffer is smaller than its caps say, or cannot be mapped"));
    return GST_FLOW_ERROR;
  }
  GST_LOG_OBJECT (base,
                  "number %" G_GUINT64_FORMAT ", slot %" G_GUINT64_FORMAT
                  ", stream time %" GST_TIME_FORMAT,
                  meta->number, meta->slot, GST_TIME_ARGS (frame->sample->stream_time));
  run.time_warnings.look_at (*frame, base->segment);
  return submit (base, run, std::move (frame));
}

// Whether an event's handler is to give up waiting. Lets pauses and flushes through, which wait for
// the lock that the base class holds around the handler.
static bool is_cancelled (GstBaseSink *base, Run &run)
{
  while (run.batcher.is_interrupted () && !base->flushing)
    gst_base_sink_wait_preroll (base);
  return base->flushing;
}

// Returns whether the stream has come to a good end.
static bool finish_stream (GstBaseSink *base, Run &run)
{
  const bool drained = run.drain (duration_of (run.settings.drain_timeout),
                                  [&] { return is_cancelled (base, run); });
  if (base->flushing)
    return false;
  if (!drained)
    GST_ELEMENT_WARNING (base, RESOURCE, WRITE,
                         ("drain-timeout is over, and not all batches were taken yet."),
                         ("what is not taken until the element stops is lost"));
  return !run.has_failed ();
}

static gboolean gst_numprosink_event (GstBaseSink *base, GstEvent *event)
{
  const std::shared_ptr<Run> run = run_of (base);
  if (run && run->note_orientation (GST_BASE_SINK_PAD (base), event))
    GST_DEBUG_OBJECT (base, "frames lie in another way: %" GST_PTR_FORMAT, event);
  switch (run ? GST_EVENT_TYPE (event) : GST_EVENT_UNKNOWN) {
    case GST_EVENT_STREAM_START: {
      const gchar *id = nullptr;
      gst_event_parse_stream_start (event, &id);
      run->sampler.set_source (id);
      break;
    }
    case GST_EVENT_SEGMENT: {
      const GstSegment *segment = nullptr;
      gst_event_parse_segment (event, &segment);
      GST_DEBUG_OBJECT (base, "%" GST_SEGMENT_FORMAT, segment);
      // Numbers before and after do not follow one another.
      if (run->has_segment)
        run->begin_segment ([&] { return is_cancelled (base, *run); });
      run->has_segment = true;
      break;
    }
    case GST_EVENT_FLUSH_START:
      GST_DEBUG_OBJECT (base, "flush starts");
      break;
    case GST_EVENT_FLUSH_STOP:
      GST_DEBUG_OBJECT (base, "flush stops");
      run->batcher.flush ();
      run->sampler.reset ();
      run->has_segment = false;
      break;
    case GST_EVENT_EOS:
      GST_DEBUG_OBJECT (base, "end of the stream");
      if (!finish_stream (base, *run)) {
        gst_event_unref (event);
        return FALSE;
      }
      break;
    default:
      break;
  }
  return GST_BASE_SINK_CLASS (gst_numprosink_parent_class)->event (base, event);
}

// Pulling

static GstNumproBatch *gst_numprosink_try_pull_batch (GstNumprosink *self, GstClockTime timeout)
{
  const std::shared_ptr<Run> run = run_of (self);
  if (!run)
    return nullptr;
  const auto wait =
      GST_CLOCK_TIME_IS_VALID (timeout) ? std::optional (duration_of (timeout)) : std::nullopt;
  return run->pull (wait).release ();
}

static GstNumproBatch *gst_numprosink_pull_batch (GstNumprosink *self)
{
  return gst_numprosink_try_pull_batch (self, GST_CLOCK_TIME_NONE);
}

static GstNumproBatch *gst_numprosink_pull_history (GstNumprosink *self, GstClockTime from,
                                                    GstClockTime to)
{
  const std::shared_ptr<Run> run = run_of (self);
  return run ? run->recall (from, to).release () : nullptr;
}

static guint64 gst_numprosink_ask (GstNumprosink *self, const gchar *question, GstClockTime from,
                                   GstClockTime to)
{
  const std::shared_ptr<Run> run = run_of (self);
  return run ? run->ask (question ? question : "", from, to) : G_MAXUINT64;
}

static gboolean gst_numprosink_probe (GstNumprosink *self)
{
  const std::shared_ptr<Run> run = run_of (self);
  return run && run->probe ();
}

// Properties

static void gst_numprosink_set_property (GObject *object, guint id, const GValue *value,
                                         GParamSpec *spec)
{
  Private *priv = priv_of (object);
  std::lock_guard lock (priv->settings_lock);
  sink_properties ()[id - 1].set (priv->settings, value, spec);
}

static void gst_numprosink_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  Private *priv = priv_of (object);
  if (id == PROP_STATS) {
    std::unique_lock lock (priv->run_lock);
    const std::shared_ptr<const Accounting> accounting = priv->accounting;
    lock.unlock ();
    g_value_take_boxed (value, accounting->counts ().to_structure ());
  } else {
    std::lock_guard lock (priv->settings_lock);
    sink_properties ()[id - 1].get (priv->settings, value, spec);
  }
}

// Object

static void gst_numprosink_init (GstNumprosink *self)
{
  self->priv = std::make_unique<Private> ().release ();
  GstBaseSink *base = GST_BASE_SINK (self);
  gst_base_sink_set_sync (base, FALSE);
  // Asynchronous as sinks are: where no sink is, the end of what decodebin decodes may not be told
  // (GStreamer 1.22).
  gst_base_sink_set_last_sample_enabled (base, FALSE);
  gst_base_sink_set_qos_enabled (base, FALSE);
}

static void gst_numprosink_finalize (GObject *object)
{
  std::unique_ptr<Private>{priv_of (object)};
  G_OBJECT_CLASS (gst_numprosink_parent_class)->finalize (object);
}

static void gst_numprosink_class_init (GstNumprosinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSinkClass *sink_class = GST_BASE_SINK_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (numprosink_debug, "numprosink", 0, "batches of numbered frames");

  object_class->set_property = GST_DEBUG_FUNCPTR (gst_numprosink_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR (gst_numprosink_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR (gst_numprosink_finalize);
  install_properties (object_class, sink_properties ());
  g_object_class_install_property (
      object_class, PROP_STATS,
      g_param_spec_boxed ("stats", "Statistics",
                          "Since the start: frames (seen), samples (taken of them) = delivered + "
                          "samples-dropped + waiting, batches (formed), questions (about them) = "
                          "answered + failed + dropped + pending, retries, parts, "
                          "restatements, bytes-sent",
                          GST_TYPE_STRUCTURE,
                          static_cast<GParamFlags> (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)));
  install_sink_signals (G_TYPE_FROM_CLASS (klass),
                        {.pull_batch = G_CALLBACK (gst_numprosink_pull_batch),
                         .try_pull_batch = G_CALLBACK (gst_numprosink_try_pull_batch),
                         .pull_history = G_CALLBACK (gst_numprosink_pull_history),
                         .ask = G_CALLBACK (gst_numprosink_ask),
                         .probe = G_CALLBACK (gst_numprosink_probe)});
  mark_sink_enums ();

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_set_static_metadata (
      element_class, "NumPro batch sink", "Sink/Video",
      "Collects numbered frames in batches that know their times", "gst-numpro");

  element_class->change_state = GST_DEBUG_FUNCPTR (gst_numprosink_change_state);
  sink_class->unlock = [] (GstBaseSink *base) { return set_interrupted (base, true); };
  sink_class->unlock_stop = [] (GstBaseSink *base) { return set_interrupted (base, false); };
  sink_class->set_caps = GST_DEBUG_FUNCPTR (gst_numprosink_set_caps);
  sink_class->render = GST_DEBUG_FUNCPTR (gst_numprosink_render);
  sink_class->event = GST_DEBUG_FUNCPTR (gst_numprosink_event);
}
