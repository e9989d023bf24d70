/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-numproseiinserter
 * @title: numproseiinserter
 * @short_description: writes frame numbers into H.264 and H.265 streams
 *
 * Writes into each access unit, as an SEI message of user data, the number that numproverlay gave
 * its frame, with its stream time, its wall-clock time and its look. Recordings so know their
 * numbers: numproverlay with `numbering=recorded` reads them back, from MP4, Matroska and MPEG-TS,
 * also after cuts and remuxing, as long as nobody encodes again.
 *
 * Stands behind the encoder, before or behind a parser. Access units that carry no number pass as
 * they are; #GstNumproseiinserter:stats counts them.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! numproverlay ! x264enc ! numproseiinserter ! h264parse ! matroskamux ! filesink location=numbered.mkv
 * ]|
 * A recording that knows its numbers.
 *
 * Since: 0.1
 */

#include "gstnumproseiinserter.h"

#include <memory>

#include "recorddebug.h"
#include "seicaps.h"
#include "seiinserter.h"

using namespace numpro;

namespace {

GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                                                              GST_STATIC_CAPS (NUMPRO_SEI_CAPS));
GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (NUMPRO_SEI_CAPS));

struct Private {
  SeiInserterStats stats;
  std::unique_ptr<SeiInserter> inserter;  // the streaming thread's
};

}  // namespace

struct _GstNumproseiinserter {
  GstBaseTransform parent;
  Private *priv;
};

G_DEFINE_FINAL_TYPE (GstNumproseiinserter, gst_numproseiinserter, GST_TYPE_BASE_TRANSFORM)
GST_ELEMENT_REGISTER_DEFINE (numproseiinserter, "numproseiinserter", GST_RANK_NONE,
                             GST_TYPE_NUMPROSEIINSERTER)

enum { PROP_STATS = 1 };

static Private *priv_of (gpointer object)
{
  return GST_NUMPROSEIINSERTER (object)->priv;
}

GstDebugCategory *numpro::record_debug ()
{
  static GstDebugCategory *const category =
      _gst_debug_category_new ("numproseiinserter", 0, "frame numbers in encoded streams");
  return category;
}

static gboolean gst_numproseiinserter_start (GstBaseTransform *base)
{
  Private *priv = priv_of (base);
  priv->stats.reset ();
  priv->inserter = std::make_unique<SeiInserter> (GST_ELEMENT (base), priv->stats);
  return TRUE;
}

static gboolean gst_numproseiinserter_stop (GstBaseTransform *base)
{
  Private *priv = priv_of (base);
  priv->inserter.reset ();
  GST_DEBUG_OBJECT (base,
                    "stopped after %" G_GUINT64_FORMAT " frames, of which %" G_GUINT64_FORMAT
                    " had no number",
                    priv->stats.frames.load (), priv->stats.without_number.load ());
  return TRUE;
}

static bool is_live (GstBaseTransform *base)
{
  GstQuery *query = gst_query_new_latency ();
  gboolean live = FALSE;
  if (gst_pad_peer_query (GST_BASE_TRANSFORM_SINK_PAD (base), query))
    gst_query_parse_latency (query, &live, nullptr, nullptr);
  gst_query_unref (query);
  return live;
}

static gboolean gst_numproseiinserter_set_caps (GstBaseTransform *base, GstCaps *incaps, GstCaps *)
{
  if (priv_of (base)->inserter->set_caps (incaps, is_live (base)))
    return TRUE;
  GST_ERROR_OBJECT (base, "no codec_data with the size of lengths in %" GST_PTR_FORMAT, incaps);
  return FALSE;
}

static GstFlowReturn gst_numproseiinserter_prepare_output_buffer (GstBaseTransform *base,
                                                                  GstBuffer *input,
                                                                  GstBuffer **output)
{
  BufferPtr inserted = priv_of (base)->inserter->insert (input, base->segment);
  *output = inserted ? inserted.release () : input;
  return GST_FLOW_OK;
}

static GstFlowReturn gst_numproseiinserter_transform (GstBaseTransform *, GstBuffer *, GstBuffer *)
{
  return GST_FLOW_OK;
}

static GstStructure *make_stats (const SeiInserterStats &stats)
{
  return gst_structure_new ("numpro-sei-inserter-stats", "frames", G_TYPE_UINT64,
                            stats.frames.load (), "inserted", G_TYPE_UINT64, stats.inserted.load (),
                            "without-number", G_TYPE_UINT64, stats.without_number.load (), "bytes",
                            G_TYPE_UINT64, stats.bytes.load (), nullptr);
}

static void gst_numproseiinserter_get_property (GObject *object, guint id, GValue *value,
                                                GParamSpec *spec)
{
  if (id == PROP_STATS)
    g_value_take_boxed (value, make_stats (priv_of (object)->stats));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void gst_numproseiinserter_init (GstNumproseiinserter *self)
{
  self->priv = std::make_unique<Private> ().release ();
}

static void gst_numproseiinserter_finalize (GObject *object)
{
  std::unique_ptr<Private>{priv_of (object)};
  G_OBJECT_CLASS (gst_numproseiinserter_parent_class)->finalize (object);
}

static void gst_numproseiinserter_class_init (GstNumproseiinserterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);

  record_debug ();

  object_class->get_property = GST_DEBUG_FUNCPTR (gst_numproseiinserter_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR (gst_numproseiinserter_finalize);
  g_object_class_install_property (
      object_class, PROP_STATS,
      g_param_spec_boxed ("stats", "Statistics",
                          "Since the start: frames (seen), inserted (given a message), "
                          "without-number (that carried none), bytes (of all messages)",
                          GST_TYPE_STRUCTURE,
                          static_cast<GParamFlags> (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)));

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (
      element_class, "NumPro SEI inserter", "Filter/Video",
      "Writes frame numbers into H.264 and H.265 streams as SEI messages", "gst-numpro");

  transform_class->start = GST_DEBUG_FUNCPTR (gst_numproseiinserter_start);
  transform_class->stop = GST_DEBUG_FUNCPTR (gst_numproseiinserter_stop);
  transform_class->set_caps = GST_DEBUG_FUNCPTR (gst_numproseiinserter_set_caps);
  transform_class->prepare_output_buffer =
      GST_DEBUG_FUNCPTR (gst_numproseiinserter_prepare_output_buffer);
  transform_class->transform = GST_DEBUG_FUNCPTR (gst_numproseiinserter_transform);
}
