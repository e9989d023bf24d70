/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bundledir.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <vector>

#include "answercues.h"
#include "bundlenames.h"
#include "directorylock.h"
#include "durablefile.h"
#include "miniobject.h"

using namespace numpro;
namespace fs = std::filesystem;

struct _GstNumproBundleDir : GstMiniObject {
  fs::path path;
  DirectoryLock lock;  // since it was prepared
};

/**
 * gst_numpro_bundle_dir_ref:
 * @dir: a directory of bundles
 *
 * Adds a reference.
 *
 * Returns: (transfer full): the same
 * Since: 0.1
 */
/**
 * gst_numpro_bundle_dir_unref:
 * @dir: (transfer full): a directory of bundles
 *
 * Drops a reference.
 * Since: 0.1
 */
NUMPRO_DEFINE_MINI_OBJECT (GstNumproBundleDir, gst_numpro_bundle_dir)

namespace {

fs::path bundle_of (const fs::path &directory, guint64 batch)
{
  char name[24];
  g_snprintf (name, sizeof (name), "%06" G_GUINT64_FORMAT, batch);
  return directory / name;
}

std::string with_line_end (const gchar *json)
{
  return std::string (json) + '\n';
}

void write_contents (const fs::path &bundle, GstNumproBatch *batch, GstNumproPrompt **prompts,
                     guint n_prompts, GCancellable *cancellable)
{
  for (guint i = 0; i < gst_numpro_batch_get_n_images (batch); ++i) {
    if (g_cancellable_is_cancelled (cancellable))
      throw FileError (bundle, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped while it was written");
    const char *name = gst_numpro_batch_get_image_name (batch, i);
    gsize size = 0;
    const void *data = g_bytes_get_data (gst_numpro_batch_get_image (batch, name), &size);
    write_file (bundle / name, {static_cast<const char *> (data), size});
  }
  for (guint i = 0; i < n_prompts; ++i) {
    const TextPtr question (gst_numpro_prompt_to_json (prompts[i]));
    write_file (file_of (bundle, kQuestion, i), with_line_end (question.get ()));
  }
  const TextPtr ledger (gst_numpro_ledger_to_json (gst_numpro_batch_get_ledger (batch)));
  write_file (bundle / kLedgerName, with_line_end (ledger.get ()));
  sync_directory (bundle);
}

// JSON strings have no line ends of their own.
std::string as_line (const gchar *json)
{
  std::istringstream lines (json);
  std::string line, all;
  while (std::getline (lines >> std::ws, line))
    all += line;
  return all;
}

// The names of what is in a directory; not all of them where a disk fails.
std::vector<std::string> names_in (const fs::path &directory, std::error_code &error)
{
  std::vector<std::string> names;
  // Not a range for, whose increment throws.
  for (fs::directory_iterator at (directory, error), end; !error && at != end; at.increment (error))
    names.push_back (at->path ().filename ().string ());
  return names;
}

// The batches that there are bundles of, in order.
std::vector<guint64> batches_in (const fs::path &directory)
{
  std::vector<guint64> found;
  std::error_code ignored;
  for (const std::string &name : names_in (directory, ignored)) {
    guint64 batch = 0;
    std::from_chars (name.data (), name.data () + name.size (), batch);
    // Not what the user calls 7, or 2026.
    if (bundle_of (directory, batch).filename () == name)
      found.push_back (batch);
  }
  std::sort (found.begin (), found.end ());
  return found;
}

// Where a bundle has a question in the same words, or else the place behind its last one.
guint place_of_question (const fs::path &bundle, const std::string &question)
{
  guint place = 0;
  for (std::error_code ignored; fs::exists (file_of (bundle, kQuestion, place), ignored); ++place) {
    gchar *text = nullptr;
    gsize length = 0;
    g_file_get_contents (file_of (bundle, kQuestion, place).c_str (), &text, &length, nullptr);
    const TextPtr owned (text);
    if (text && std::string_view (text, length) == question)
      break;
  }
  return place;
}

void throw_if (const std::error_code &error, const fs::path &path)
{
  if (error)
    throw FileError (path, error.value ());
}

void prepare (const fs::path &directory, DirectoryLock &lock)
{
  std::error_code error;
  fs::create_directories (directory, error);
  throw_if (error, directory);
  // First: what is unfinished is left over only if nobody is at it.
  lock.take (directory);
  const fs::path trial = unfinished_beside (directory / "trial");
  remove_quietly (trial);
  write_file (trial, "");
  for (const std::string &name : names_in (directory, error)) {
    if (name.starts_with (kUnfinishedPrefix))
      remove_quietly (directory / name);
  }
  throw_if (error, directory);
}

}  // namespace

/**
 * gst_numpro_bundle_dir_new:
 * @path: the directory
 *
 * Names a directory of bundles. Nothing is done to the disk.
 *
 * Returns: (transfer full): the directory
 * Since: 0.1
 */
GstNumproBundleDir *gst_numpro_bundle_dir_new (const gchar *path)
{
  g_return_val_if_fail (path, nullptr);

  auto *dir = new_mini_object<GstNumproBundleDir> (GST_TYPE_NUMPRO_BUNDLE_DIR);
  dir->path = path;
  return dir;
}

/**
 * gst_numpro_bundle_dir_prepare:
 * @dir: a directory of bundles
 * @error: where to say why it cannot be written to: a #GFileError, or %G_IO_ERROR_BUSY
 *
 * To be called once by whoever is going to write: makes the directory if need be, locks it, sees
 * whether it can be written to, and removes what a killed process left unfinished.
 *
 * The lock goes with the last reference, and with the process. While another object or process has
 * it, the error is %G_IO_ERROR_BUSY, and its message names that process; whoever waits for the end
 * of that one calls this again. See gst_numpro_bundle_dir_is_locked().
 *
 * Returns: whether it can be written to
 * Since: 0.1
 */
gboolean gst_numpro_bundle_dir_prepare (GstNumproBundleDir *dir, GError **error)
{
  g_return_val_if_fail (dir, FALSE);

  return guarded (error, [dir] {
    prepare (dir->path, dir->lock);
    return true;
  });
}

/**
 * gst_numpro_bundle_dir_is_locked:
 * @dir: a directory of bundles
 *
 * Tells whether nobody else can write to a directory that was prepared. Where the file system has
 * no locks somebody can, and bundles of both are lost.
 *
 * Returns: whether it is locked
 * Since: 0.1
 */
gboolean gst_numpro_bundle_dir_is_locked (GstNumproBundleDir *dir)
{
  g_return_val_if_fail (dir, FALSE);

  return dir->lock.is_held ();
}

/**
 * gst_numpro_bundle_dir_list:
 * @dir: a directory of bundles
 * @n_batches: (out): how many there are
 *
 * Lists the batches that there are bundles of.
 *
 * Returns: (transfer full) (array length=n_batches): their numbers, the lowest first
 * Since: 0.1
 */
guint64 *gst_numpro_bundle_dir_list (GstNumproBundleDir *dir, gsize *n_batches)
{
  g_return_val_if_fail (dir && n_batches, nullptr);

  const std::vector<guint64> found = batches_in (dir->path);
  *n_batches = found.size ();
  guint64 *batches = g_new (guint64, found.size ());
  std::copy (found.begin (), found.end (), batches);
  return batches;
}

/**
 * gst_numpro_bundle_dir_get_next_batch:
 * @dir: a directory of bundles
 *
 * Tells which number the next batch may have so that nothing is overwritten.
 *
 * Returns: one more than the highest batch there is; 0 when there is none
 * Since: 0.1
 */
guint64 gst_numpro_bundle_dir_get_next_batch (GstNumproBundleDir *dir)
{
  g_return_val_if_fail (dir, 0);

  const std::vector<guint64> found = batches_in (dir->path);
  return found.empty () ? 0 : found.back () + 1;
}

/**
 * gst_numpro_bundle_dir_get_bundle:
 * @dir: a directory of bundles
 * @batch: number of a batch
 *
 * Gives the bundle of a batch.
 *
 * Returns: (transfer full): the bundle of that batch, be it there or not
 * Since: 0.1
 */
GstNumproBundle *gst_numpro_bundle_dir_get_bundle (GstNumproBundleDir *dir, guint64 batch)
{
  g_return_val_if_fail (dir, nullptr);

  return gst_numpro_bundle_new (bundle_of (dir->path, batch).c_str ());
}

/**
 * gst_numpro_bundle_dir_write:
 * @dir: a directory of bundles
 * @batch: a batch
 * @prompts: (array length=n_prompts): what is to be asked about it
 * @n_prompts: how many there are
 * @cancellable: (nullable): looked at between files, which may take long on a slow disk
 * @error: where to say what cannot be written: a #GFileError, %G_IO_ERROR_CANCELLED or
 *   %G_IO_ERROR_BUSY
 *
 * Writes a batch under a temporary name, to the disk, then gives it its own: there is a whole
 * bundle, or none. Makes the directory again if it was removed, and locks it, but not what is above
 * it: where that is gone a disk is, and its place is not to be filled. Where somebody else has
 * locked it meanwhile, nothing is written. A bundle that is there is not overwritten.
 *
 * Returns: whether it is written
 * Since: 0.1
 */
gboolean gst_numpro_bundle_dir_write (GstNumproBundleDir *dir, GstNumproBatch *batch,
                                      GstNumproPrompt **prompts, guint n_prompts,
                                      GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (dir && batch, FALSE);

  const fs::path bundle =
      bundle_of (dir->path, gst_numpro_ledger_get_batch (gst_numpro_batch_get_ledger (batch)));
  const fs::path unfinished = unfinished_beside (bundle);
  const bool is_owned = guarded (error, [&] {
    dir->lock.keep ();
    return true;
  });
  // What is unfinished there may be somebody else's.
  if (!is_owned)
    return FALSE;
  const bool is_written = guarded (error, [&] {
    make_directory (unfinished);
    write_contents (unfinished, batch, prompts, n_prompts, cancellable);
    rename_to_disk (unfinished, bundle);
    return true;
  });
  if (!is_written)
    remove_quietly (unfinished);
  return is_written;
}

/**
 * gst_numpro_bundle_dir_add_question:
 * @dir: a directory of bundles
 * @bundle: a bundle in it
 * @prompt: what is to be asked about its batch
 * @index: (out): of the question about the batch, from 0
 * @error: where to say what cannot be written: a #GFileError, or %G_IO_ERROR_BUSY as of
 *   gst_numpro_bundle_dir_write()
 *
 * Adds a question to a bundle that is there. One that has it already, in the same words, is left as
 * it is.
 *
 * Returns: whether the bundle has the question
 * Since: 0.1
 */
gboolean gst_numpro_bundle_dir_add_question (GstNumproBundleDir *dir, GstNumproBundle *bundle,
                                             GstNumproPrompt *prompt, guint *index, GError **error)
{
  g_return_val_if_fail (dir && bundle && prompt && index, FALSE);

  const TextPtr json (gst_numpro_prompt_to_json (prompt));
  return guarded (error, [&] {
    dir->lock.keep ();
    const fs::path path = gst_numpro_bundle_get_path (bundle);
    const std::string question = with_line_end (json.get ());
    *index = place_of_question (path, question);
    std::error_code ignored;
    if (!fs::exists (file_of (path, kQuestion, *index), ignored))
      write_whole_file (file_of (path, kQuestion, *index), question);
    return true;
  });
}

/**
 * gst_numpro_bundle_dir_write_answer:
 * @dir: a directory of bundles
 * @bundle: (nullable): the bundle that the answer goes into; %NULL when the batch has none
 * @index: of the question about the batch, from 0
 * @request: what was asked, a JSON text
 * @answer: the answer
 * @error: where to say what cannot be written: a #GFileError, or %G_IO_ERROR_BUSY as of
 *   gst_numpro_bundle_dir_write()
 *
 * Writes request and answer into the bundle, the answer as a line into `answers.jsonl`, and its
 * spans as cues into `answers.vtt`. What is killed meanwhile leaves a bundle without its answer.
 *
 * Returns: whether all is written
 * Since: 0.1
 */
gboolean gst_numpro_bundle_dir_write_answer (GstNumproBundleDir *dir, GstNumproBundle *bundle,
                                             guint index, const gchar *request,
                                             GstNumproAnswer *answer, GError **error)
{
  g_return_val_if_fail (dir && request && answer, FALSE);

  const TextPtr json (gst_numpro_answer_to_json (answer));
  return guarded (error, [&] {
    dir->lock.keep ();
    const fs::path path = bundle ? gst_numpro_bundle_get_path (bundle) : "";
    if (bundle)
      write_whole_file (file_of (path, kRequest, index), with_line_end (request));
    append_line (dir->path / kAnswersName, as_line (json.get ()));
    append_cues (dir->path / kCuesName, answer);
    // Last: a bundle without it is one that was not answered.
    if (bundle)
      write_whole_file (file_of (path, kAnswer, index), with_line_end (json.get ()));
    return true;
  });
}

/**
 * gst_numpro_bundle_dir_remove_oldest:
 * @dir: a directory of bundles
 * @keep: how many bundles to keep
 *
 * Removes the bundles with the lowest numbers, until there are no more than @keep.
 * Since: 0.1
 */
void gst_numpro_bundle_dir_remove_oldest (GstNumproBundleDir *dir, guint keep)
{
  g_return_if_fail (dir);

  const std::vector<guint64> found = batches_in (dir->path);
  for (std::size_t i = 0; i + keep < found.size (); ++i) {
    // Renamed first: whoever reads meanwhile sees a whole bundle, or none.
    const fs::path bundle = bundle_of (dir->path, found[i]),
                   unfinished = unfinished_beside (bundle);
    std::error_code error;
    fs::rename (bundle, unfinished, error);
    if (!error)
      remove_quietly (unfinished);
  }
}
