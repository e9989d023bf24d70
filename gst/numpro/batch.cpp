/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batch.h"

#include <string>
#include <vector>

#include "miniobject.h"

using namespace numpro;

namespace {

struct Image {
  std::string name;
  BytesPtr jpeg;
};

}  // namespace

struct _GstNumproBatch : GstMiniObject {
  OwnedBy<GstNumproLedger, gst_numpro_ledger_unref> ledger;
  std::vector<Image> images;
};

/**
 * gst_numpro_batch_ref:
 * @batch: a batch
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): the same
 * Since: 0.1
 */
/**
 * gst_numpro_batch_unref:
 * @batch: (transfer full): a batch
 *
 * Gives a reference back; the last one frees the batch.
 * Since: 0.1
 */
NUMPRO_DEFINE_MINI_OBJECT (GstNumproBatch, gst_numpro_batch)

/**
 * gst_numpro_batch_new:
 * @ledger: the samples; nothing may be appended to it any more
 *
 * Makes a batch, whose images are then added with gst_numpro_batch_add_image().
 *
 * Returns: (transfer full): a batch without images
 * Since: 0.1
 */
GstNumproBatch *gst_numpro_batch_new (GstNumproLedger *ledger)
{
  g_return_val_if_fail (ledger, nullptr);

  auto *batch = new_mini_object<GstNumproBatch> (GST_TYPE_NUMPRO_BATCH);
  batch->ledger.reset (gst_numpro_ledger_ref (ledger));
  return batch;
}

/**
 * gst_numpro_batch_get_ledger:
 * @batch: a batch
 *
 * Gives the table of the samples.
 *
 * Returns: (transfer none): the samples
 * Since: 0.1
 */
GstNumproLedger *gst_numpro_batch_get_ledger (GstNumproBatch *batch)
{
  return batch->ledger.get ();
}

/**
 * gst_numpro_batch_add_image:
 * @batch: a writable batch
 * @name: the name that samples call the image by
 * @jpeg: the image
 *
 * Adds the image of a sample, or of several in a sheet.
 * Since: 0.1
 */
void gst_numpro_batch_add_image (GstNumproBatch *batch, const gchar *name, GBytes *jpeg)
{
  g_return_if_fail (batch && gst_mini_object_is_writable (batch));
  g_return_if_fail (name && jpeg);

  batch->images.push_back ({name, BytesPtr (g_bytes_ref (jpeg))});
}

/**
 * gst_numpro_batch_get_n_images:
 * @batch: a batch
 *
 * Counts the images.
 *
 * Returns: how many images there are: as many as samples, or fewer where images are grids
 * Since: 0.1
 */
guint gst_numpro_batch_get_n_images (GstNumproBatch *batch)
{
  return static_cast<guint> (batch->images.size ());
}

/**
 * gst_numpro_batch_get_image_name:
 * @batch: a batch
 * @index: from 0, in the order of time
 *
 * Gives the name of one of the images.
 *
 * Returns: (nullable): the image's name; %NULL beyond the last one
 * Since: 0.1
 */
const gchar *gst_numpro_batch_get_image_name (GstNumproBatch *batch, guint index)
{
  return index < batch->images.size () ? batch->images[index].name.c_str () : nullptr;
}

/**
 * gst_numpro_batch_get_image:
 * @batch: a batch
 * @name: name of an image
 *
 * Finds an image by its name.
 *
 * Returns: (transfer none) (nullable): the image as a JPEG file, owned by @batch
 * Since: 0.1
 */
GBytes *gst_numpro_batch_get_image (GstNumproBatch *batch, const gchar *name)
{
  for (const Image &image : batch->images) {
    if (image.name == name)
      return image.jpeg.get ();
  }
  return nullptr;
}
