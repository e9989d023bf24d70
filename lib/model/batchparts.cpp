/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batchparts.h"

#include <algorithm>

namespace numpro {

namespace {

BatchPtr make_part (GstNumproBatch *batch, guint first_image, guint end_image)
{
  GstNumproLedger *whole = gst_numpro_batch_get_ledger (batch);
  const LedgerPtr ledger (gst_numpro_ledger_new (gst_numpro_ledger_get_batch (whole)));
  gst_numpro_ledger_set_look (ledger.get (), gst_numpro_ledger_get_look (whole));
  for (guint image = first_image; image < end_image; ++image) {
    const char *name = gst_numpro_batch_get_image_name (batch, image);
    for (guint i = 0; i < gst_numpro_ledger_get_length (whole); ++i) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (whole, i);
      if (g_strcmp0 (sample->image, name) == 0)
        gst_numpro_ledger_append (ledger.get (), sample);
    }
  }
  BatchPtr part (gst_numpro_batch_new (ledger.get ()));
  for (guint image = first_image; image < end_image; ++image) {
    const char *name = gst_numpro_batch_get_image_name (batch, image);
    gst_numpro_batch_add_image (part.get (), name, gst_numpro_batch_get_image (batch, name));
  }
  return part;
}

}  // namespace

std::vector<BatchPtr> split_batch (GstNumproBatch *batch, guint images)
{
  std::vector<BatchPtr> parts;
  const guint count = gst_numpro_batch_get_n_images (batch);
  for (guint first = 0; first < count; first += std::min (images, count - first))
    parts.push_back (make_part (batch, first, first + std::min (images, count - first)));
  return parts;
}

}  // namespace numpro
