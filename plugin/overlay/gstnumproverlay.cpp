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
 *
 * Since: 0.1
 */

#include "gstnumproverlay.h"

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "compositionstamper.h"
#include "framecopier.h"
#include "label.h"
#include "lib/picture/mappedframe.h"
#include "numbering.h"
#include "settings.h"
#include "stamper.h"

GST_DEBUG_CATEGORY_STATIC (numproverlay_debug);
#define GST_CAT_DEFAULT numproverlay_debug

using namespace numpro;

namespace {

#define STAMP_CAPS                            \
  GST_VIDEO_CAPS_MAKE (GST_VIDEO_FORMATS_ALL) \
  ";" GST_VIDEO_CAPS_MAKE_WITH_FEATURES ("ANY", GST_VIDEO_FORMATS_ALL)

GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (STAMP_CAPS));
GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (STAMP_CAPS));

// What a stream of one format needs. Belongs to the streaming thread.
struct Stream {
  explicit Stream (const GstVideoInfo &video_info) : info (video_info), copier (video_info) {}

  GstVideoInfo info;
  bool in_system_memory = true;
  GstClockTime frame_duration = GST_CLOCK_TIME_NONE;  // by the caps
  FrameCopier copier;

  // One of the two, made for the first frame and again when the style changes.
  std::unique_ptr<Stamper> stamper;
  std::unique_ptr<CompositionStamper> composition_stamper;
};

// What a run from READY to READY needs. Belongs to the streaming thread.
struct Run {
  explicit Run (const OverlaySettings &start_settings)
      : settings (start_settings), numbering (start_settings.numbering)
  {
  }

  OverlaySettings settings;  // as of the current buffer
  Numbering numbering;       // as of the start
  std::optional<Stream> stream;
  // Of the stamper last made: a new colour or frame size may have use for it.
  std::shared_ptr<const GlyphAtlas> atlas;
  std::set<std::string> fonts_missed;  // and warned about
};

struct Stats {
  std::atomic<guint64> frames = 0;
  std::atomic<guint64> stamped = 0;
  std::atomic<guint64> attached = 0;
  std::atomic<guint64> number = 0;
};

struct Private {
  std::mutex settings_lock;
  OverlaySettings settings = default_settings (overlay_properties ());
  // Changes with the settings: a buffer that sees its old value need not take the lock.
  std::atomic<guint> settings_version = 0;
  std::atomic<bool> reset_wanted = false;
  Stats stats;

  guint version_in_use = 0;  // streaming thread
  std::unique_ptr<Run> run;
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

// Caps

// Whether the CPU reaches frames with these features.
static bool is_system_memory (const GstCapsFeatures *features)
{
  for (guint i = 0; i < gst_caps_features_get_size (features); ++i) {
    const char *feature = gst_caps_features_get_nth (features, i);
    if (g_str_has_prefix (feature, "memory:") &&
        !g_str_equal (feature, GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY))
      return false;
  }
  return true;
}

// Frames that the CPU does not reach leave with the number as a composition, others as they came.
static GstCaps *gst_numproverlay_transform_caps (GstBaseTransform *, GstPadDirection direction,
                                                 GstCaps *caps, GstCaps *filter)
{
  constexpr const char *kComposition = GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION;
  GstCaps *result = gst_caps_new_empty ();
  for (guint i = 0; i < gst_caps_get_size (caps); ++i) {
    const GstStructure *structure = gst_caps_get_structure (caps, i);
    GstCapsFeatures *features = gst_caps_get_features (caps, i);
    const bool any = gst_caps_features_is_any (features);
    const bool reachable = !any && is_system_memory (features);
    const auto append = [&] (GstCapsFeatures *f) {
      gst_caps_append_structure_full (result, gst_structure_copy (structure), f);
    };

    if (any || reachable) {
      append (gst_caps_features_copy (features));
      continue;
    }
    const bool has_composition = gst_caps_features_contains (features, kComposition);
    if (direction == GST_PAD_SRC && !has_composition)
      continue;
    GstCapsFeatures *with = gst_caps_features_copy (features);
    if (!has_composition)
      gst_caps_features_add (with, kComposition);
    append (with);
    if (direction == GST_PAD_SRC) {
      GstCapsFeatures *without = gst_caps_features_copy (features);
      gst_caps_features_remove (without, kComposition);
      append (without);
    }
  }

  if (filter) {
    GstCaps *filtered = gst_caps_intersect_full (filter, result, GST_CAPS_INTERSECT_FIRST);
    gst_caps_unref (result);
    result = filtered;
  }
  return result;
}

static gboolean gst_numproverlay_set_caps (GstBaseTransform *base, GstCaps *incaps, GstCaps *)
{
  Run *run = priv_of (base)->run.get ();
  GstVideoInfo info;
  if (!run || !gst_video_info_from_caps (&info, incaps))
    return FALSE;

  run->stream.emplace (info);
  Stream &stream = *run->stream;
  stream.in_system_memory = is_system_memory (gst_caps_get_features (incaps, 0));
  if (info.fps_n > 0)
    stream.frame_duration = gst_util_uint64_scale_int (GST_SECOND, info.fps_d, info.fps_n);
  GST_DEBUG_OBJECT (base, "%s from %" GST_PTR_FORMAT,
                    stream.in_system_memory ? "drawing" : "attaching", incaps);
  return TRUE;
}

// Running

static gboolean gst_numproverlay_start (GstBaseTransform *base)
{
  Private *priv = priv_of (base);
  {
    std::lock_guard lock (priv->settings_lock);
    priv->version_in_use = priv->settings_version;
    priv->run = std::make_unique<Run> (priv->settings);
  }
  priv->reset_wanted = false;
  priv->stats.frames = 0;
  priv->stats.stamped = 0;
  priv->stats.attached = 0;
  priv->stats.number = 0;
  return TRUE;
}

static gboolean gst_numproverlay_stop (GstBaseTransform *base)
{
  priv_of (base)->run.reset ();
  return TRUE;
}

// Takes over what the user changed since the last buffer.
static void update_settings (Private *priv)
{
  Run &run = *priv->run;
  const guint version = priv->settings_version.load (std::memory_order_acquire);
  if (version == priv->version_in_use)
    return;

  OverlaySettings changed;
  {
    std::lock_guard lock (priv->settings_lock);
    priv->version_in_use = priv->settings_version;
    changed = priv->settings;
  }
  if (run.stream && changed.style != run.settings.style) {
    run.stream->stamper.reset ();
    run.stream->composition_stamper.reset ();
  }
  run.settings = std::move (changed);
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
  update_settings (priv);
  if (priv->reset_wanted.exchange (false))
    priv->run->numbering.reset ();
}

static bool can_draw_on (GstBuffer *buffer)
{
  return gst_buffer_is_writable (buffer) && gst_buffer_is_all_memory_writable (buffer);
}

// Pixels are copied only when they will be drawn on and others hold them too.
static GstFlowReturn gst_numproverlay_prepare_output_buffer (GstBaseTransform *base,
                                                             GstBuffer *input, GstBuffer **output)
{
  Run &run = *priv_of (base)->run;
  const bool draws = !run.settings.silent && run.stream->in_system_memory;
  if (draws && !can_draw_on (input)) {
    *output = run.stream->copier.copy (input);
    if (!*output) {
      GST_ELEMENT_ERROR (base, RESOURCE, NO_SPACE_LEFT, ("Could not copy a frame to draw on it."),
                         ("no memory, or the buffer is smaller than its caps say"));
      return GST_FLOW_ERROR;
    }
  } else if (gst_buffer_is_writable (input)) {
    *output = input;
  } else {
    *output = gst_buffer_copy (input);
  }
  return GST_FLOW_OK;
}

static void take_atlas (GstElement *element, Run &run, std::shared_ptr<const GlyphAtlas> atlas)
{
  run.atlas = std::move (atlas);
  const std::string &wanted = run.atlas->spec ().font_desc;
  if (run.atlas->font_substituted () && run.fonts_missed.insert (wanted).second) {
    GST_ELEMENT_WARNING (element, RESOURCE, NOT_FOUND,
                         ("Font \"%s\" is not installed; drawing with \"%s\". Install it or set "
                          "font-desc.",
                          wanted.c_str (), run.atlas->family ().c_str ()),
                         (nullptr));
  }
}

static bool draw (GstElement *element, Run &run, GstBuffer *buffer, const Label &label)
{
  Stream &stream = *run.stream;
  if (!stream.stamper) {
    stream.stamper = Stamper::make (run.settings.style, stream.info, run.atlas);
    take_atlas (element, run, stream.stamper->atlas ());
  }

  MappedFrame mapped (stream.info, buffer, GST_MAP_READWRITE);
  if (!mapped)
    return false;
  stream.stamper->stamp (mapped.frame (), label.text ());
  return true;
}

static void attach (GstElement *element, Run &run, GstBuffer *buffer, const Label &label)
{
  Stream &stream = *run.stream;
  if (!stream.composition_stamper) {
    stream.composition_stamper =
        std::make_unique<CompositionStamper> (run.settings.style, stream.info, run.atlas);
    take_atlas (element, run, stream.composition_stamper->atlas ());
  }
  stream.composition_stamper->attach (buffer, label.text ());
}

static void add_meta (GstBuffer *buffer, const Slot &slot, const Style &style)
{
  GstNumproMeta *meta =
      gst_buffer_add_numpro_meta (buffer, slot.number, slot.slot, slot.start, slot.duration);
  meta->color = style.color;
  meta->halign = style.halign;
  meta->valign = style.valign;
}

static GstClockTimeDiff running_time_of (const GstSegment &segment, GstBuffer *buffer)
{
  guint64 time = 0;
  if (segment.format != GST_FORMAT_TIME || !GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_CLOCK_STIME_NONE;
  const int sign =
      gst_segment_to_running_time_full (&segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer), &time);
  if (sign == 0)
    return GST_CLOCK_STIME_NONE;
  return sign * static_cast<GstClockTimeDiff> (time);
}

static GstFlowReturn fail_without_time (GstBaseTransform *base, const char *property)
{
  GST_ELEMENT_ERROR (base, STREAM, FORMAT,
                     ("%s needs timestamps, and a buffer has none.", property),
                     ("use numbering=count with stamp=number, or timestamp the stream upstream"));
  return GST_FLOW_ERROR;
}

static GstFlowReturn gst_numproverlay_transform_ip (GstBaseTransform *base, GstBuffer *buffer)
{
  Private *priv = priv_of (base);
  Run &run = *priv->run;
  const Stream &stream = *run.stream;

  const GstClockTime frame_duration = GST_CLOCK_TIME_IS_VALID (stream.frame_duration)
                                          ? stream.frame_duration
                                          : GST_BUFFER_DURATION (buffer);
  const std::optional<Slot> slot =
      run.numbering.next (running_time_of (base->segment, buffer), frame_duration);
  if (!slot)
    return fail_without_time (base, "numbering=time");

  const Style &style = run.settings.style;
  if (!run.settings.silent) {
    if (style.label != LabelKind::kNumber && !GST_CLOCK_TIME_IS_VALID (slot->start))
      return fail_without_time (base, "stamp=seconds and stamp=clock");
    const Label label (style.label, *slot);
    if (!stream.in_system_memory) {
      attach (GST_ELEMENT (base), run, buffer, label);
      ++priv->stats.attached;
    } else if (draw (GST_ELEMENT (base), run, buffer, label)) {
      ++priv->stats.stamped;
    } else {
      GST_ELEMENT_ERROR (base, RESOURCE, WRITE, ("Could not map a frame to draw on it."),
                         ("the buffer is smaller than its caps say, or cannot be mapped"));
      return GST_FLOW_ERROR;
    }
  }

  add_meta (buffer, *slot, style);
  priv->stats.number = slot->number;
  ++priv->stats.frames;
  return GST_FLOW_OK;
}

// Properties

static GstStructure *make_stats (const Stats &stats)
{
  return gst_structure_new ("numpro-overlay-stats", "frames", G_TYPE_UINT64, stats.frames.load (),
                            "stamped", G_TYPE_UINT64, stats.stamped.load (), "attached-as-meta",
                            G_TYPE_UINT64, stats.attached.load (), nullptr);
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
    g_value_set_uint64 (value, priv->stats.number);
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
                          "(number attached as an overlay composition)",
                          GST_TYPE_STRUCTURE, kReadable));
}

static void gst_numproverlay_class_init (GstNumproverlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (numproverlay_debug, "numproverlay", 0, "frame number overlay");

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
  transform_class->before_transform = GST_DEBUG_FUNCPTR (gst_numproverlay_before_transform);
  transform_class->prepare_output_buffer =
      GST_DEBUG_FUNCPTR (gst_numproverlay_prepare_output_buffer);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR (gst_numproverlay_transform_ip);

  gst_type_mark_as_plugin_api (numbering_mode_get_type (), static_cast<GstPluginAPIFlags> (0));
  gst_type_mark_as_plugin_api (label_kind_get_type (), static_cast<GstPluginAPIFlags> (0));
}
