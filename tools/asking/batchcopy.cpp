/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batchcopy.h"

#include <algorithm>
#include <vector>

#include "tools/media/videopipeline.h"

namespace numpro::asking {

namespace {

std::vector<SamplePtr> samples_of (GstNumproLedger *ledger)
{
  std::vector<SamplePtr> samples;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    samples.emplace_back (gst_numpro_sample_copy (gst_numpro_ledger_get_sample (ledger, i)));
  return samples;
}

// With the images of another one.
BatchPtr batch_of (GstNumproBatch *before, guint64 number, const std::vector<SamplePtr> &samples)
{
  const LedgerPtr ledger (gst_numpro_ledger_new (number));
  gst_numpro_ledger_set_look (ledger.get (),
                              gst_numpro_ledger_get_look (gst_numpro_batch_get_ledger (before)));
  for (const SamplePtr &sample : samples)
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  BatchPtr batch (gst_numpro_batch_new (ledger.get ()));
  for (guint i = 0; i < gst_numpro_batch_get_n_images (before); ++i) {
    const char *name = gst_numpro_batch_get_image_name (before, i);
    gst_numpro_batch_add_image (batch.get (), name, gst_numpro_batch_get_image (before, name));
  }
  return batch;
}

}  // namespace

BatchPtr without_times_of_reading (GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  const std::vector<SamplePtr> samples = samples_of (ledger);
  for (const SamplePtr &sample : samples)
    media::forget_time_of_reading (*sample);
  return batch_of (batch, gst_numpro_ledger_get_batch (ledger), samples);
}

BatchPtr renumbered (GstNumproBatch *batch, guint64 number)
{
  return batch_of (batch, number, samples_of (gst_numpro_batch_get_ledger (batch)));
}

BatchPtr without_holes (GstNumproBatch *batch, GstClockTime period, GstClockTime end)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  const std::vector<SamplePtr> samples = samples_of (ledger);
  for (std::size_t i = 1; i < samples.size (); ++i) {
    const GstClockTime from = samples[i - 1]->stream_time, to = samples[i]->stream_time;
    if (!GST_CLOCK_TIME_IS_VALID (from) || !GST_CLOCK_TIME_IS_VALID (to) || to <= from ||
        to - from > 2 * period)
      continue;
    samples[i - 1]->duration = to - from;
    samples[i]->gap_before = 0;
  }
  // Nobody knows when the sample after the last one comes.
  GstNumproSample *last = samples.empty () ? nullptr : samples.back ().get ();
  if (last && GST_CLOCK_TIME_IS_VALID (last->stream_time) && last->stream_time < end) {
    const GstClockTime left = std::min (period, end - last->stream_time);
    last->duration =
        GST_CLOCK_TIME_IS_VALID (last->duration) ? std::max (last->duration, left) : left;
  }
  return batch_of (batch, gst_numpro_ledger_get_batch (ledger), samples);
}

}  // namespace numpro::asking
