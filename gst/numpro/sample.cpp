/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sample.h"

G_DEFINE_BOXED_TYPE (GstNumproSample, gst_numpro_sample, gst_numpro_sample_copy,
                     gst_numpro_sample_free)

/**
 * gst_numpro_sample_new:
 * @number: the number drawn on the frame
 *
 * Makes a sample.
 *
 * Returns: (transfer full): a sample with this number and slot, and nothing else known of it
 * Since: 0.1
 */
GstNumproSample *gst_numpro_sample_new (guint64 number)
{
  GstNumproSample *sample = g_new0 (GstNumproSample, 1);
  sample->number = sample->slot = number;
  sample->pts = sample->stream_time = sample->running_time = GST_CLOCK_TIME_NONE;
  sample->duration = sample->utc = GST_CLOCK_TIME_NONE;
  sample->cell = GST_NUMPRO_NO_CELL;
  return sample;
}

/**
 * gst_numpro_sample_copy:
 * @sample: a sample
 *
 * Copies a sample.
 *
 * Returns: (transfer full): a copy of it
 * Since: 0.1
 */
GstNumproSample *gst_numpro_sample_copy (const GstNumproSample *sample)
{
  g_return_val_if_fail (sample, nullptr);

  GstNumproSample *copy = g_new (GstNumproSample, 1);
  *copy = *sample;
  copy->source = g_strdup (sample->source);
  copy->utc_source = g_strdup (sample->utc_source);
  copy->image = g_strdup (sample->image);
  return copy;
}

/**
 * gst_numpro_sample_free:
 * @sample: (transfer full): a sample
 *
 * Frees a sample.
 * Since: 0.1
 */
void gst_numpro_sample_free (GstNumproSample *sample)
{
  g_free (sample->source);
  g_free (sample->utc_source);
  g_free (sample->image);
  g_free (sample);
}
