/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batchcollector.h"

BatchCollector::BatchCollector (GstElement *sink) : jpeg_ (tjInitDecompress ())
{
  g_signal_connect (sink, "new-batch", G_CALLBACK (note), this);
}

BatchCollector::~BatchCollector ()
{
  tjDestroy (jpeg_);
}

void BatchCollector::note (GstElement *, GstNumproBatch *batch, BatchCollector *self)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  if (gst_numpro_ledger_get_batch (ledger) != self->batches_.size ())
    self->problem_ = "batches are not numbered one by one";
  ModelBatch rows;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    rows.push_back ({sample->number, sample->slot, sample->pts, sample->stream_time,
                     sample->running_time, sample->width, sample->height,
                     gst_numpro_ledger_get_look (ledger)->color});
    self->look_at (gst_numpro_batch_get_image (batch, sample->image), *sample);
  }
  if (gst_numpro_batch_get_n_images (batch) != rows.size ())
    self->problem_ = "a batch has images that its ledger does not name";
  self->batches_.push_back (std::move (rows));
}

void BatchCollector::look_at (GBytes *image, const GstNumproSample &sample)
{
  int width = 0, height = 0, subsampling, colors;
  gsize size = 0;
  const void *data = image ? g_bytes_get_data (image, &size) : nullptr;
  if (!data || tjDecompressHeader3 (jpeg_, static_cast<const unsigned char *> (data), size, &width,
                                    &height, &subsampling, &colors) != 0)
    problem_ = "an image is missing or no JPEG";
  else if (static_cast<guint> (width) != sample.width ||
           static_cast<guint> (height) != sample.height)
    problem_ = "an image is not of the size that the ledger says";
}
