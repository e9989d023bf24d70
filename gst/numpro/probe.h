/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GstNumproProbeFinding:
 * @GST_NUMPRO_PROBE_FINDING_GOOD: all numbers were seen, in their order
 * @GST_NUMPRO_PROBE_FINDING_REORDERED: numbers were seen in another order
 * @GST_NUMPRO_PROBE_FINDING_NEIGHBOURS_MERGED: of each two neighbours one was not seen
 * @GST_NUMPRO_PROBE_FINDING_FRONT_CUT: the first numbers were not seen
 * @GST_NUMPRO_PROBE_FINDING_END_CUT: the last numbers were not seen
 * @GST_NUMPRO_PROBE_FINDING_SOME_MISSING: other numbers were not seen
 * @GST_NUMPRO_PROBE_FINDING_MISREAD: as many numbers were seen, but some were read wrong
 * @GST_NUMPRO_PROBE_FINDING_NOTHING_SEEN: none of the numbers was seen
 *
 * What a probe finds about how images reach a model.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_PROBE_FINDING_GOOD,
  GST_NUMPRO_PROBE_FINDING_REORDERED,
  GST_NUMPRO_PROBE_FINDING_NEIGHBOURS_MERGED,
  GST_NUMPRO_PROBE_FINDING_FRONT_CUT,
  GST_NUMPRO_PROBE_FINDING_END_CUT,
  GST_NUMPRO_PROBE_FINDING_SOME_MISSING,
  GST_NUMPRO_PROBE_FINDING_MISREAD,
  GST_NUMPRO_PROBE_FINDING_NOTHING_SEEN,
} GstNumproProbeFinding;

/**
 * GstNumproProbeSchema:
 * @GST_NUMPRO_PROBE_SCHEMA_UNTRIED: none was asked for, or the request failed
 * @GST_NUMPRO_PROBE_SCHEMA_KEPT: a schema is taken, and the answer is JSON
 * @GST_NUMPRO_PROBE_SCHEMA_IGNORED: a schema is taken, and the answer is not JSON
 * @GST_NUMPRO_PROBE_SCHEMA_REFUSED: a schema is not taken
 *
 * What a probe finds about answers in JSON.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_PROBE_SCHEMA_UNTRIED,
  GST_NUMPRO_PROBE_SCHEMA_KEPT,
  GST_NUMPRO_PROBE_SCHEMA_IGNORED,
  GST_NUMPRO_PROBE_SCHEMA_REFUSED,
} GstNumproProbeSchema;

typedef struct _GstNumproProbe GstNumproProbe;

/**
 * GstNumproProbe:
 * @finding: what was found
 * @schema: whether a schema was kept to
 * @sent: (array length=n_sent): numbers on the pictures that were sent, in their order
 * @n_sent: how many there are
 * @seen: (array length=n_seen): numbers that the model named, in its order
 * @n_seen: how many there are
 * @images: images in which the pictures were sent
 * @parts: requests in which the images were sent; 1 where the server took them all at once
 * @image_limit: images that the server takes in a request; 0 where it set no limit
 * @width: of an image, in pixels
 * @height: of an image, in pixels
 * @latency: how long the answer took, in seconds
 * @prompt_tokens: as the server counted them; 0 where it did not
 * @completion_tokens: as the server counted them; 0 where it did not
 * @model: (nullable): the model, as the server named it
 * @text: (nullable): what the model said
 * @message: (nullable): the finding in a sentence
 * @cure: (nullable): what to do about it, in a sentence; %NULL where nothing is to be done
 *
 * What a model saw of numbered pictures that were drawn to find out what reaches it.
 * Since: 0.1
 */
struct _GstNumproProbe {
  GstNumproProbeFinding finding;
  GstNumproProbeSchema schema;
  guint64 *sent;
  gsize n_sent;
  guint64 *seen;
  gsize n_seen;
  guint images;
  guint parts;
  guint image_limit;
  guint width;
  guint height;
  gdouble latency;
  guint64 prompt_tokens;
  guint64 completion_tokens;
  gchar *model;
  gchar *text;
  gchar *message;
  gchar *cure;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_TYPE_NUMPRO_PROBE_FINDING (gst_numpro_probe_finding_get_type ())
#define GST_TYPE_NUMPRO_PROBE_SCHEMA (gst_numpro_probe_schema_get_type ())
#define GST_TYPE_NUMPRO_PROBE (gst_numpro_probe_get_type ())

GST_NUMPRO_API GType gst_numpro_probe_finding_get_type (void);
GST_NUMPRO_API GType gst_numpro_probe_schema_get_type (void);
GST_NUMPRO_API GType gst_numpro_probe_get_type (void);
GST_NUMPRO_API GstNumproProbe *gst_numpro_probe_new (const guint64 *sent, gsize n_sent,
                                                     const guint64 *seen, gsize n_seen);
GST_NUMPRO_API GstNumproProbe *gst_numpro_probe_copy (const GstNumproProbe *probe);
GST_NUMPRO_API void gst_numpro_probe_free (GstNumproProbe *probe);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproProbe, gst_numpro_probe_free)

G_END_DECLS
