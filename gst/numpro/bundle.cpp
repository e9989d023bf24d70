/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bundle.h"

#include "bundlenames.h"
#include "durablefile.h"
#include "error.h"
#include "miniobject.h"

using namespace numpro;
namespace fs = std::filesystem;

struct _GstNumproBundle : GstMiniObject {
  fs::path path;
};

/**
 * gst_numpro_bundle_ref:
 * @bundle: a bundle
 *
 * Adds a reference.
 *
 * Returns: (transfer full): the same
 * Since: 0.1
 */
/**
 * gst_numpro_bundle_unref:
 * @bundle: (transfer full): a bundle
 *
 * Drops a reference.
 * Since: 0.1
 */
NUMPRO_DEFINE_MINI_OBJECT (GstNumproBundle, gst_numpro_bundle)

namespace {

using LedgerPtr = OwnedBy<GstNumproLedger, gst_numpro_ledger_unref>;
using BatchPtr = OwnedBy<GstNumproBatch, gst_numpro_batch_unref>;

bool is_there (const fs::path &path)
{
  std::error_code ignored;
  return fs::exists (path, ignored);
}

BytesPtr read_file (const fs::path &path)
{
  gchar *contents = nullptr;
  gsize size = 0;
  GError *error = nullptr;
  if (!g_file_get_contents (path.c_str (), &contents, &size, &error))
    throw FileError (path, error);
  return BytesPtr (g_bytes_new_take (contents, size));
}

template <typename Object>
Object *read_json (const fs::path &path, Object *(*parse) (const gchar *, gssize, GError **))
{
  const BytesPtr file = read_file (path);
  gsize size = 0;
  const auto *text = static_cast<const gchar *> (g_bytes_get_data (file.get (), &size));
  GError *error = nullptr;
  Object *object = parse (text ? text : "", static_cast<gssize> (size), &error);
  if (!object)
    throw FileError (path, error);
  return object;
}

GstNumproBatch *read_batch (const fs::path &bundle)
{
  const fs::path path = bundle / kLedgerName;
  const LedgerPtr ledger (read_json (path, gst_numpro_ledger_new_from_json));
  BatchPtr batch (gst_numpro_batch_new (ledger.get ()));
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger.get ()); ++i) {
    const gchar *name = gst_numpro_ledger_get_sample (ledger.get (), i)->image;
    // What leaves the machine is in the bundle.
    if (!name || fs::path (name).filename () != name)
      throw FileError (path, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED,
                       "names an image that is not in the bundle");
    // Samples of a sheet share it.
    if (gst_numpro_batch_get_image (batch.get (), name))
      continue;
    const BytesPtr image = read_file (bundle / name);
    gst_numpro_batch_add_image (batch.get (), name, image.get ());
  }
  return batch.release ();
}

}  // namespace

/**
 * gst_numpro_bundle_new:
 * @path: its directory
 *
 * Names a bundle. Whether there is one shows when it is read.
 *
 * Returns: (transfer full): the bundle
 * Since: 0.1
 */
GstNumproBundle *gst_numpro_bundle_new (const gchar *path)
{
  g_return_val_if_fail (path, nullptr);

  auto *bundle = new_mini_object<GstNumproBundle> (GST_TYPE_NUMPRO_BUNDLE);
  bundle->path = path;
  return bundle;
}

/**
 * gst_numpro_bundle_get_path:
 * @bundle: a bundle
 *
 * Tells where the bundle is, or would be.
 *
 * Returns: (type filename): its directory
 * Since: 0.1
 */
const gchar *gst_numpro_bundle_get_path (GstNumproBundle *bundle)
{
  return bundle->path.c_str ();
}

/**
 * gst_numpro_bundle_read_batch:
 * @bundle: a bundle
 * @error: where to say what cannot be read: a #GFileError or a #GstNumproError
 *
 * Reads the ledger and all its images.
 *
 * Returns: (transfer full): the batch; %NULL with @error set where one of them is missing or
 *   malformed
 * Since: 0.1
 */
GstNumproBatch *gst_numpro_bundle_read_batch (GstNumproBundle *bundle, GError **error)
{
  g_return_val_if_fail (bundle, nullptr);

  return guarded (error, [bundle] { return read_batch (bundle->path); });
}

/**
 * gst_numpro_bundle_get_n_questions:
 * @bundle: a bundle
 *
 * Counts the questions about the batch.
 *
 * Returns: how many questions there are to be asked about it
 * Since: 0.1
 */
guint gst_numpro_bundle_get_n_questions (GstNumproBundle *bundle)
{
  guint count = 0;
  while (is_there (file_of (bundle->path, kQuestion, count)))
    ++count;
  return count;
}

/**
 * gst_numpro_bundle_read_prompt:
 * @bundle: a bundle
 * @index: of the question, from 0
 * @error: where to say what cannot be read: a #GFileError or a #GstNumproError
 *
 * Reads what is asked.
 *
 * Returns: (transfer full): the prompt; %NULL with @error set where it is missing or malformed
 * Since: 0.1
 */
GstNumproPrompt *gst_numpro_bundle_read_prompt (GstNumproBundle *bundle, guint index,
                                                GError **error)
{
  g_return_val_if_fail (bundle, nullptr);

  return guarded (error, [bundle, index] {
    return read_json (file_of (bundle->path, kQuestion, index), gst_numpro_prompt_new_from_json);
  });
}

/**
 * gst_numpro_bundle_is_answered:
 * @bundle: a bundle
 * @index: of the question, from 0
 *
 * Looks whether a question is answered.
 *
 * Returns: whether there is an answer to the question
 * Since: 0.1
 */
gboolean gst_numpro_bundle_is_answered (GstNumproBundle *bundle, guint index)
{
  return is_there (file_of (bundle->path, kAnswer, index));
}

/**
 * gst_numpro_bundle_read_answer:
 * @bundle: a bundle
 * @index: of the question, from 0
 * @error: where to say what cannot be read: a #GFileError or a #GstNumproError
 *
 * Reads what was answered. See gst_numpro_bundle_is_answered() for whether anything was.
 *
 * Returns: (transfer full): the answer; %NULL with @error set where it is missing or malformed
 * Since: 0.1
 */
GstNumproAnswer *gst_numpro_bundle_read_answer (GstNumproBundle *bundle, guint index,
                                                GError **error)
{
  g_return_val_if_fail (bundle, nullptr);

  return guarded (error, [bundle, index] {
    return read_json (file_of (bundle->path, kAnswer, index), gst_numpro_answer_new_from_json);
  });
}
