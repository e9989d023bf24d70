/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numbermeta.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GST_NUMPRO_NO_CELL:
 *
 * #GstNumproSample.cell of a sample that has an image of its own.
 */
#define GST_NUMPRO_NO_CELL (-1)

typedef struct _GstNumproSample GstNumproSample;
typedef struct _GstNumproLedger GstNumproLedger;

/**
 * GstNumproSample:
 * @number: the number drawn on the frame
 * @slot: the number before it was wrapped
 * @pts: timestamp of the buffer (ns), or %GST_CLOCK_TIME_NONE
 * @stream_time: stream time of the buffer (ns), or %GST_CLOCK_TIME_NONE
 * @running_time: running time of the buffer (ns), or %GST_CLOCK_TIME_NONE
 * @duration: how long the number is visible, in stream time (ns), as far as is known without the
 *   next sample; or %GST_CLOCK_TIME_NONE
 * @utc: wall-clock time of the buffer (ns since 1970-01-01T00:00:00Z), or %GST_CLOCK_TIME_NONE
 * @utc_source: (nullable): where @utc comes from: "reference-timestamp" or "pipeline-clock"
 * @image: (nullable): name of the image that shows the sample
 * @width: of the sample in its image, in pixels
 * @height: of the sample in its image, in pixels
 * @cell: place in an image of several samples, counted in rows from 0; %GST_NUMPRO_NO_CELL when the
 *   image shows this sample alone
 *
 * The frame that stands for a number in a batch: a row of the ledger.
 */
struct _GstNumproSample {
  guint64 number;
  guint64 slot;
  GstClockTime pts;
  GstClockTime stream_time;
  GstClockTime running_time;
  GstClockTime duration;
  GstClockTime utc;
  gchar *utc_source;
  gchar *image;
  guint width;
  guint height;
  gint cell;
};

#define GST_TYPE_NUMPRO_SAMPLE (gst_numpro_sample_get_type ())
#define GST_TYPE_NUMPRO_LEDGER (gst_numpro_ledger_get_type ())

GST_NUMPRO_API
GType gst_numpro_sample_get_type (void);

GST_NUMPRO_API
GstNumproSample *gst_numpro_sample_new (guint64 number);

GST_NUMPRO_API
GstNumproSample *gst_numpro_sample_copy (const GstNumproSample *sample);

GST_NUMPRO_API
void gst_numpro_sample_free (GstNumproSample *sample);

GST_NUMPRO_API
GType gst_numpro_ledger_get_type (void);

GST_NUMPRO_API
GstNumproLedger *gst_numpro_ledger_new (guint64 batch, const gchar *stream);

GST_NUMPRO_API
GstNumproLedger *gst_numpro_ledger_new_from_json (const gchar *json, gssize length, GError **error);

GST_NUMPRO_API
GstNumproLedger *gst_numpro_ledger_ref (GstNumproLedger *ledger);

GST_NUMPRO_API
void gst_numpro_ledger_unref (GstNumproLedger *ledger);

GST_NUMPRO_API
gchar *gst_numpro_ledger_to_json (GstNumproLedger *ledger);

GST_NUMPRO_API
guint64 gst_numpro_ledger_get_batch (GstNumproLedger *ledger);

GST_NUMPRO_API
const gchar *gst_numpro_ledger_get_stream (GstNumproLedger *ledger);

GST_NUMPRO_API
void gst_numpro_ledger_set_look (GstNumproLedger *ledger, guint32 color, GstNumproHAlign halign,
                                 GstNumproVAlign valign);

GST_NUMPRO_API
void gst_numpro_ledger_get_look (GstNumproLedger *ledger, guint32 *color, GstNumproHAlign *halign,
                                 GstNumproVAlign *valign);

GST_NUMPRO_API
void gst_numpro_ledger_append (GstNumproLedger *ledger, const GstNumproSample *sample);

GST_NUMPRO_API
guint gst_numpro_ledger_get_length (GstNumproLedger *ledger);

GST_NUMPRO_API
const GstNumproSample *gst_numpro_ledger_get_sample (GstNumproLedger *ledger, guint index);

GST_NUMPRO_API
gboolean gst_numpro_ledger_find (GstNumproLedger *ledger, guint64 number, guint *index,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproSample, gst_numpro_sample_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproLedger, gst_numpro_ledger_unref)

G_END_DECLS
