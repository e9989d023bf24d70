/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-numproverlay
 * @title: numproverlay
 * @short_description: draws a frame number on video
 *
 * Numbers the frames of a stream and draws the number on each, so that a video-language model can
 * say *when* something happens by naming frames (NumPro, arXiv 2411.10332). Size, colour and place
 * are the paper's by default: red, bottom right, 40 pixels high on a 336x336 frame and in
 * proportion on others.
 *
 * Every buffer also gets a #GstNumproMeta with its number, so that elements downstream and
 * applications know it without reading pixels.
 *
 * With #GstNumproverlay:numbering `count` every buffer (or every #GstNumproverlay:every of them)
 * moves on by one; with `time` numbers follow the running time at #GstNumproverlay:rate.
 *
 * Size and place are those that a viewer sees: the tag `image-orientation` and the pixel aspect
 * ratio are followed, and numbers are drawn lying on frames that players turn.
 *
 * Frames in system memory are drawn on in their own format. For frames elsewhere (GL, VA, ...) the
 * number is attached as a #GstVideoOverlayComposition, which takes an element downstream that can
 * blend it.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! numproverlay ! videoconvert ! autovideosink
 * ]|
 * A number on every frame.
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! numproverlay numbering=time rate=2/1 ! x264enc ! matroskamux ! filesink location=numbered.mkv
 * ]|
 * A recording that carries two numbers a second.
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! numproverlay outline=auto ! videoconvert ! autovideosink
 * ]|
 * An outline that is black or white, by what is under the number.
 *
 * Since: 0.1
 */

#include "gstnumproverlay.h"

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <atomic>
#include <memory>
#include <mutex>

#include "lib/base/runningtime.h"
#include "overlaycaps.h"
#include "overlaydebug.h"
#include "overlayrun.h"
#include "settings.h"

using namespace numpro;

namespace {

#define STAMP_CAPS                            \
  GST_VIDEO_CAPS_MAKE (GST_VIDEO_FORMATS_ALL) \
  ";" GST_VIDEO_CAPS_MAKE_WITH_FEATURES ("ANY", GST_VIDEO_FORMATS_ALL)

GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (STAMP_CAPS));
GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (STAMP_CAPS));

struct Private {
  std::mutex settings_lock;
  OverlaySettings settings = initial_settings ();
  // Changes with the settings: a buffer that sees its old value need not take the lock.
  std::atomic<guint> settings_version = 0;
  std::atomic<bool> reset_wanted = false;
  OverlayStats stats;

  guint version_in_use = 0;  // streaming thread
  std::unique_ptr<OverlayRun> run;
};

}  // namespace

struct _GstNumproverlay {
  GstBaseTransform parent;
  Private *priv;
};

G_DEFINE_FINAL_TYPE (GstNumproverlay, gst_numproverlay, GST_TYPE_BASE_TRANSFORM)
GST_ELEMENT_REGISTER_DEFINE (numproverlay, "numproverlay", GST_RANK_NONE, GST_TYPE_NUMPROVERLAY)

enum { PROP_NUMBER = 1000, PROP_STATS };

static guint signal_reset;

static Private *priv_of (gpointer object)
{
  return GST_NUMPROVERLAY (object)->priv;
}

GstDebugCategory *numpro::overlay_debug ()
{
  static GstDebugCategory *const category =
      _gst_debug_category_new ("numproverlay", 0, "frame number overlay");
  return category;
}

// Caps

static GstCaps *gst_numproverlay_transform_caps (GstBaseTransform *, GstPadDirection direction,
                                                 GstCaps *caps, GstCaps *filter)
{
  return caps_of_other_side (direction, caps, filter);
}

static gboolean gst_numproverlay_set_caps (GstBaseTransform *base, GstCaps *incaps, GstCaps *)
{
  OverlayRun *run = priv_of (base)->run.get ();
  return run && run->set_caps (incaps);
}

// Running

// What the user set until now.
static OverlaySettings take_settings (Private *priv)
{
  std::lock_guard lock (priv->settings_lock);
  priv->version_in_use = priv->settings_version;
  return priv->settings;
}

static gboolean gst_numproverlay_start (GstBaseTransform *base)
{
  Private *priv = priv_of (base);
  priv->reset_wanted = false;
  priv->stats.reset ();
  priv->run = std::make_unique<OverlayRun> (GST_ELEMENT (base), take_settings (priv), priv->stats);
  return TRUE;
}

static gboolean gst_numproverlay_stop (GstBaseTransform *base)
{
  Private *priv = priv_of (base);
  priv->run.reset ();
  GST_DEBUG_OBJECT (base, "stopped after %" G_GUINT64_FORMAT " frames", priv->stats.frames.load ());
  return TRUE;
}

// Where times may start again, or end.
static void note_time_line (Private *priv, GstEvent *event)
{
  if (priv->run && GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    priv->run->note (Numbering::Break::kSegment);
  else if (priv->run && GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    priv->run->note (Numbering::Break::kFlush);
  else if (priv->run && GST_EVENT_TYPE (event) == GST_EVENT_EOS)
    priv->run->end ();
}

static gboolean gst_numproverlay_sink_event (GstBaseTransform *base, GstEvent *event)
{
  GST_DEBUG_OBJECT (base, "%" GST_PTR_FORMAT, event);
  // Other events come from any thread.
  if (StreamOrientation::is_told_by (event) && priv_of (base)->run)
    priv_of (base)->run->note_orientation (GST_BASE_TRANSFORM_SINK_PAD (base), event);
  note_time_line (priv_of (base), event);
  return GST_BASE_TRANSFORM_CLASS (gst_numproverlay_parent_class)->sink_event (base, event);
}

static void gst_numproverlay_before_transform (GstBaseTransform *base, GstBuffer *buffer)
{
  Private *priv = priv_of (base);
  if (base->segment.format == GST_FORMAT_TIME) {
    const GstClockTime stream_time =
        gst_segment_to_stream_time (&base->segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
    if (GST_CLOCK_TIME_IS_VALID (stream_time))
      gst_object_sync_values (GST_OBJECT (base), stream_time);
  }
  if (priv->settings_version.load (std::memory_order_acquire) != priv->version_in_use)
    priv->run->change_settings (take_settings (priv));
  if (priv->reset_wanted && priv->reset_wanted.exchange (false))
    priv->run->reset_numbers ();
}

static GstFlowReturn gst_numproverlay_prepare_output_buffer (GstBaseTransform *base,
                                                             GstBuffer *input, GstBuffer **output)
{
  *output = priv_of (base)->run->make_writable (input);
  return *output ? GST_FLOW_OK : GST_FLOW_ERROR;
}

static GstFlowReturn gst_numproverlay_transform_ip (GstBaseTransform *base, GstBuffer *buffer)
{
  return priv_of (base)->run->stamp (buffer, running_time_of (base->segment, buffer));
}

// Properties

static GstStructure *make_stats (const OverlayStats &stats)
{
  return gst_structure_new ("numpro-overlay-stats", "frames", G_TYPE_UINT64, stats.frames.load (),
                            "stamped", G_TYPE_UINT64, stats.stamped.load (), "attached-as-meta",
                            G_TYPE_UINT64, stats.attached.load (), "contrast", G_TYPE_DOUBLE,
                            stats.contrast.load (), "without-number", G_TYPE_UINT64,
                            stats.without_number.load (), nullptr);
}

static void gst_numproverlay_set_property (GObject *object, guint id, const GValue *value,
                                           GParamSpec *spec)
{
  Private *priv = priv_of (object);
  std::lock_guard lock (priv->settings_lock);
  overlay_properties ()[id - 1].set (priv->settings, value, spec);
  priv->settings_version.fetch_add (1, std::memory_order_release);
}

static void gst_numproverlay_get_property (GObject *object, guint id, GValue *value,
                                           GParamSpec *spec)
{
  Private *priv = priv_of (object);
  if (id == PROP_NUMBER) {
    g_value_set_uint64 (value, priv->stats.number.load ());
  } else if (id == PROP_STATS) {
    g_value_take_boxed (value, make_stats (priv->stats));
  } else {
    std::lock_guard lock (priv->settings_lock);
    overlay_properties ()[id - 1].get (priv->settings, value, spec);
  }
}

static void gst_numproverlay_reset (GstNumproverlay *self)
{
  self->priv->reset_wanted = true;
}

// Object

static void gst_numproverlay_init (GstNumproverlay *self)
{
  self->priv = std::make_unique<Private> ().release ();
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
}

static void gst_numproverlay_finalize (GObject *object)
{
  std::unique_ptr<Private>{priv_of (object)};
  G_OBJECT_CLASS (gst_numproverlay_parent_class)->finalize (object);
}

static void install_all_properties (GObjectClass *object_class)
{
  constexpr auto kReadable = static_cast<GParamFlags> (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  install_properties (object_class, overlay_properties ());
  g_object_class_install_property (
      object_class, PROP_NUMBER,
      g_param_spec_uint64 ("number", "Number", "Number of the last frame", 0, G_MAXUINT64, 0,
                           kReadable));
  g_object_class_install_property (
      object_class, PROP_STATS,
      g_param_spec_boxed ("stats", "Statistics",
                          "Since the start: frames (seen), stamped (drawn on), attached-as-meta "
                          "(number attached as an overlay composition), contrast (of the number "
                          "with what is around it, 1 to 21 as WCAG 2 has it; 0 = not known), "
                          "without-number (frames of a recording that has none for them)",
                          GST_TYPE_STRUCTURE, kReadable));
}

static void gst_numproverlay_class_init (GstNumproverlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);

  overlay_debug ();

  object_class->set_property = GST_DEBUG_FUNCPTR (gst_numproverlay_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR (gst_numproverlay_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR (gst_numproverlay_finalize);
  install_all_properties (object_class);

  /**
   * GstNumproverlay::reset:
   * @overlay: the element
   *
   * Starts numbers again: the next buffer gets #GstNumproverlay:start.
   */
  signal_reset = g_signal_new_class_handler (
      "reset", G_TYPE_FROM_CLASS (klass),
      static_cast<GSignalFlags> (G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION),
      G_CALLBACK (gst_numproverlay_reset), nullptr, nullptr, nullptr, G_TYPE_NONE, 0);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (
      element_class, "NumPro frame number overlay", "Filter/Editor/Video",
      "Numbers frames and draws the numbers, for models to say when", "gst-numpro");

  transform_class->start = GST_DEBUG_FUNCPTR (gst_numproverlay_start);
  transform_class->stop = GST_DEBUG_FUNCPTR (gst_numproverlay_stop);
  transform_class->transform_caps = GST_DEBUG_FUNCPTR (gst_numproverlay_transform_caps);
  transform_class->set_caps = GST_DEBUG_FUNCPTR (gst_numproverlay_set_caps);
  transform_class->sink_event = GST_DEBUG_FUNCPTR (gst_numproverlay_sink_event);
  transform_class->before_transform = GST_DEBUG_FUNCPTR (gst_numproverlay_before_transform);
  transform_class->prepare_output_buffer =
      GST_DEBUG_FUNCPTR (gst_numproverlay_prepare_output_buffer);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR (gst_numproverlay_transform_ip);

  gst_type_mark_as_plugin_api (numbering_mode_get_type (), static_cast<GstPluginAPIFlags> (0));
  gst_type_mark_as_plugin_api (stamp_kind_get_type (), static_cast<GstPluginAPIFlags> (0));
}
