/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GST_NUMPRO_NO_CELL:
 *
 * #GstNumproSample.cell of a sample that has an image of its own.
 * Since: 0.1
 */
#define GST_NUMPRO_NO_CELL (-1)

typedef struct _GstNumproSample GstNumproSample;

/**
 * GstNumproSample:
 * @number: the number drawn on the frame
 * @slot: the number before it was wrapped
 * @source: (nullable): id of the stream that the frame is from
 * @pts: timestamp of the buffer (ns), or %GST_CLOCK_TIME_NONE
 * @stream_time: stream time of the buffer (ns), or %GST_CLOCK_TIME_NONE
 * @running_time: running time of the buffer (ns), or %GST_CLOCK_TIME_NONE
 * @duration: how long the number is visible, in stream time (ns), or %GST_CLOCK_TIME_NONE: until
 * the next sample, where that follows without a hole, and no longer than the number's slot
 * otherwise
 * @gap_before: how much stream time (ns) there is between the end of the sample before and this one
 *   that belongs to no number, because no frames came; 0 where it follows
 * @utc: wall-clock time of the buffer (ns since 1970-01-01T00:00:00Z), or %GST_CLOCK_TIME_NONE
 * @utc_source: (nullable): where @utc comes from: "reference-timestamp" or "pipeline-clock"
 * @image: (nullable): name of the image that shows the sample
 * @width: of the sample in its image, in pixels
 * @height: of the sample in its image, in pixels
 * @cell: place in an image of several samples, counted in rows from 0; %GST_NUMPRO_NO_CELL when the
 *   image shows this sample alone
 *
 * The frame that stands for a number in a batch: a row of the ledger.
 * Since: 0.1
 */
struct _GstNumproSample {
  guint64 number;
  guint64 slot;
  gchar *source;
  GstClockTime pts;
  GstClockTime stream_time;
  GstClockTime running_time;
  GstClockTime duration;
  GstClockTime gap_before;
  GstClockTime utc;
  gchar *utc_source;
  gchar *image;
  guint width;
  guint height;
  gint cell;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_TYPE_NUMPRO_SAMPLE (gst_numpro_sample_get_type ())

GST_NUMPRO_API GType gst_numpro_sample_get_type (void);
GST_NUMPRO_API GstNumproSample *gst_numpro_sample_new (guint64 number);
GST_NUMPRO_API GstNumproSample *gst_numpro_sample_copy (const GstNumproSample *sample);
GST_NUMPRO_API void gst_numpro_sample_free (GstNumproSample *sample);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproSample, gst_numpro_sample_free)

G_END_DECLS
