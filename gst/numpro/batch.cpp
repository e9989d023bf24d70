/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batch.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledgerjson.h"
#include "numproerror.h"

using namespace numpro;

namespace {

struct LedgerUnref {
  void operator() (GstNumproLedger *ledger) const { gst_numpro_ledger_unref (ledger); }
};
using Ledger = std::unique_ptr<GstNumproLedger, LedgerUnref>;

struct BytesUnref {
  void operator() (GBytes *bytes) const { g_bytes_unref (bytes); }
};

struct Image {
  std::string name;
  std::unique_ptr<GBytes, BytesUnref> jpeg;
};

}  // namespace

struct _GstNumproBatch {
  std::atomic<int> references = 1;
  Ledger ledger;
  std::vector<Image> images;
};

G_DEFINE_BOXED_TYPE (GstNumproBatch, gst_numpro_batch, gst_numpro_batch_ref, gst_numpro_batch_unref)

namespace {

GBytes *decode_image (JsonNode *node, const JsonFields &images, const gchar *name)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    images.fail (name, "not a string");
  const gchar *text = json_node_get_string (node);
  gsize size = 0;
  guchar *bytes = g_base64_decode (text, &size);
  GBytes *image = g_bytes_new_take (bytes, size);
  // GLib decodes what it can of any text.
  if (const TextPtr again (g_base64_encode (bytes, size)); g_strcmp0 (again.get (), text) != 0) {
    g_bytes_unref (image);
    images.fail (name, "not base64");
  }
  return image;
}

void require_images (GstNumproBatch *batch)
{
  GstNumproLedger *ledger = batch->ledger.get ();
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    const gchar *image = gst_numpro_ledger_get_sample (ledger, i)->image;
    if (image && !gst_numpro_batch_get_image (batch, image))
      throw JsonError ("frames[" + std::to_string (i) + "].image: not in images");
  }
}

std::unique_ptr<GstNumproBatch> read_batch (JsonObject *root)
{
  auto batch = std::make_unique<GstNumproBatch> ();
  batch->ledger.reset (ledger_from_json_object (root));
  JsonObject *images = JsonFields (root, "").object ("images");
  const JsonFields fields (images, "images.");

  JsonObjectIter iterator;
  const gchar *name = nullptr;
  JsonNode *node = nullptr;
  json_object_iter_init_ordered (&iterator, images);
  while (json_object_iter_next_ordered (&iterator, &name, &node))
    batch->images.push_back (
        {name, std::unique_ptr<GBytes, BytesUnref> (decode_image (node, fields, name))});
  require_images (batch.get ());
  return batch;
}

}  // namespace

/**
 * gst_numpro_batch_new:
 * @ledger: the samples; nothing may be appended to it any more
 *
 * Returns: (transfer full): a batch without images
 */
GstNumproBatch *gst_numpro_batch_new (GstNumproLedger *ledger)
{
  g_return_val_if_fail (ledger, nullptr);

  auto batch = std::make_unique<GstNumproBatch> ();
  batch->ledger.reset (gst_numpro_ledger_ref (ledger));
  return batch.release ();
}

/**
 * gst_numpro_batch_new_from_json:
 * @json: what gst_numpro_batch_to_json() wrote
 * @length: length of @json in bytes, or -1 when it ends in a zero byte
 * @error: where to say what is wrong and where
 *
 * Returns: (transfer full): the batch; %NULL with @error set when @json is malformed
 */
GstNumproBatch *gst_numpro_batch_new_from_json (const gchar *json, gssize length, GError **error)
{
  g_return_val_if_fail (json, nullptr);

  try {
    const JsonNodePtr root = parse_json_object (json, length);
    return read_batch (json_node_get_object (root.get ())).release ();
  } catch (const JsonError &malformed) {
    g_set_error (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED, "Malformed batch: %s",
                 malformed.what ());
    return nullptr;
  }
}

/**
 * gst_numpro_batch_ref:
 * @batch: a batch
 *
 * Returns: (transfer full): the same
 */
GstNumproBatch *gst_numpro_batch_ref (GstNumproBatch *batch)
{
  ++batch->references;
  return batch;
}

/**
 * gst_numpro_batch_unref:
 * @batch: (transfer full): a batch
 */
void gst_numpro_batch_unref (GstNumproBatch *batch)
{
  if (--batch->references == 0)
    std::unique_ptr<GstNumproBatch>{batch};
}

/**
 * gst_numpro_batch_to_json:
 * @batch: a batch
 *
 * Returns: (transfer full): the ledger as a JSON object, with a member `images` that holds every
 *   image in base64
 */
gchar *gst_numpro_batch_to_json (GstNumproBatch *batch)
{
  g_return_val_if_fail (batch, nullptr);

  JsonObject *root = ledger_to_json_object (batch->ledger.get ());
  JsonObject *images = json_object_new ();
  for (const Image &image : batch->images) {
    gsize size = 0;
    const auto *bytes = static_cast<const guchar *> (g_bytes_get_data (image.jpeg.get (), &size));
    const TextPtr text (g_base64_encode (bytes, size));
    json_object_set_string_member (images, image.name.c_str (), text.get ());
  }
  json_object_set_object_member (root, "images", images);
  return json_object_to_text (root);
}

/**
 * gst_numpro_batch_get_ledger:
 * @batch: a batch
 *
 * Returns: (transfer none): the samples
 */
GstNumproLedger *gst_numpro_batch_get_ledger (GstNumproBatch *batch)
{
  return batch->ledger.get ();
}

/**
 * gst_numpro_batch_add_image:
 * @batch: a batch that nobody else holds
 * @name: the name that samples call the image by
 * @jpeg: the image
 */
void gst_numpro_batch_add_image (GstNumproBatch *batch, const gchar *name, GBytes *jpeg)
{
  g_return_if_fail (batch && name && jpeg);

  batch->images.push_back ({name, std::unique_ptr<GBytes, BytesUnref> (g_bytes_ref (jpeg))});
}

/**
 * gst_numpro_batch_get_n_images:
 * @batch: a batch
 *
 * Returns: how many images there are: as many as samples, or fewer where images are grids
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
 * Returns: (nullable): the image's name; %NULL beyond the last one
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
 * Returns: (transfer none) (nullable): the image as a JPEG file, owned by @batch
 */
GBytes *gst_numpro_batch_get_image (GstNumproBatch *batch, const gchar *name)
{
  for (const Image &image : batch->images) {
    if (image.name == name)
      return image.jpeg.get ();
  }
  return nullptr;
}
