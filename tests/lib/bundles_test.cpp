/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Bundles on disk.
//
// test_write: a bundle that does not read back as the batch it was.
// test_numbers_go_on: a restarted camera that overwrites what the run before left.
// test_leftovers: what a killed process left taken for a bundle, or kept for ever.
// test_keep: the wrong bundles removed.
// test_not_writable: a directory that cannot be written to noticed late or not at all.
// test_lock: two writers of one directory; one that is gone and keeps it.
// test_removed: a directory that is removed while running not made again, or one whose disk is gone
//   made on the disk below.
// test_cancelled: a write that goes on when it is cancelled, or leaves half a bundle.
// test_answers: a line that a full disk cut off runs into the next.
// test_others_names: directories of the user's own taken for bundles.
// test_added_questions: a question lost, or asked twice, that comes to a bundle later.
// test_read: questions, answers and images that do not come back as they were written.
// test_unreadable: a bundle that is damaged, or that names a file outside of it, read all the same.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "lib/base/owned.h"
#include "tests/support/loopcheck.h"
#include "tests/support/temporarydirectory.h"

using namespace numpro;
namespace fs = std::filesystem;

namespace {

BatchPtr make_batch (guint64 number)
{
  GstNumproLedger *ledger = gst_numpro_ledger_new (number);
  const SamplePtr sample (gst_numpro_sample_new (number * 10));
  sample->image = g_strdup ("picture.jpg");
  gst_numpro_ledger_append (ledger, sample.get ());
  BatchPtr batch (gst_numpro_batch_new (ledger));
  gst_numpro_ledger_unref (ledger);
  const BytesPtr jpeg (g_bytes_new_static ("not really", 10));
  gst_numpro_batch_add_image (batch.get (), "picture.jpg", jpeg.get ());
  return batch;
}

using BundleDirPtr = OwnedBy<GstNumproBundleDir, gst_numpro_bundle_dir_unref>;

// One that can be written to.
BundleDirPtr prepared (const fs::path &path)
{
  BundleDirPtr dir (gst_numpro_bundle_dir_new (path.c_str ()));
  fail_unless (gst_numpro_bundle_dir_prepare (dir.get (), nullptr));
  return dir;
}

// What cannot be written; empty where it is.
std::string write (const BundleDirPtr &dir, GstNumproBatch *batch,
                   GCancellable *cancellable = nullptr)
{
  GError *error = nullptr;
  const bool is_written =
      gst_numpro_bundle_dir_write (dir.get (), batch, nullptr, 0, cancellable, &error);
  fail_unless (is_written == !error);
  const ErrorPtr owned (error);
  return error ? error->message : "";
}

std::string contents (const fs::path &path)
{
  std::ostringstream text;
  text << std::ifstream (path, std::ios::binary).rdbuf ();
  return text.str ();
}

std::vector<std::string> names_in (const fs::path &path)
{
  std::vector<std::string> names;
  for (const fs::directory_entry &entry : fs::directory_iterator (path))
    names.push_back (entry.path ().filename ().string ());
  std::sort (names.begin (), names.end ());
  return names;
}

// What there is beside bundles.
const std::vector<std::string> kOnlyLock = {".lock"};

}  // namespace

GST_START_TEST (test_write)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path () / "made" / "on the way");
  const BatchPtr batch = make_batch (42);
  fail_unless (write (dir, batch.get ()).empty ());
  const BundlePtr owned (gst_numpro_bundle_dir_get_bundle (dir.get (), 42));
  const fs::path bundle = gst_numpro_bundle_get_path (owned.get ());
  fail_unless (bundle.filename () == "000042");
  fail_unless (names_in (bundle) == (std::vector<std::string>{"ledger.json", "picture.jpg"}));
  fail_unless (contents (bundle / "picture.jpg") == "not really");
  const std::string json = contents (bundle / "ledger.json");
  GstNumproLedger *ledger = gst_numpro_ledger_new_from_json (json.c_str (), -1, nullptr);
  fail_unless (ledger != nullptr);
  fail_unless_equals_uint64 (gst_numpro_ledger_get_sample (ledger, 0)->number, 420);
  gst_numpro_ledger_unref (ledger);
  // The same batch again would overwrite.
  fail_if (write (dir, batch.get ()).empty ());
  fail_unless (names_in (bundle.parent_path ()) == (std::vector<std::string>{".lock", "000042"}));
}
GST_END_TEST

GST_START_TEST (test_numbers_go_on)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path ());
  fail_unless_equals_uint64 (gst_numpro_bundle_dir_get_next_batch (dir.get ()), 0);
  for (guint64 number : {3, 12, 1000000}) {
    const BatchPtr batch = make_batch (number);
    fail_unless (write (dir, batch.get ()).empty ());
  }
  fs::create_directory (directory.path () / "2000000.backup");
  fail_unless_equals_uint64 (gst_numpro_bundle_dir_get_next_batch (dir.get ()), 1000001);
}
GST_END_TEST

GST_START_TEST (test_leftovers)
{
  const TemporaryDirectory directory;
  fs::create_directory (directory.path () / ".unfinished-000007");
  std::ofstream (directory.path () / ".unfinished-000007" / "000070.jpg") << "half";
  const BundleDirPtr dir = prepared (directory.path ());
  fail_unless (names_in (directory.path ()) == kOnlyLock);
  fail_unless_equals_uint64 (gst_numpro_bundle_dir_get_next_batch (dir.get ()), 0);
}
GST_END_TEST

GST_START_TEST (test_keep)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path ());
  for (guint64 number : {8, 9, 10, 11}) {
    const BatchPtr batch = make_batch (number);
    fail_unless (write (dir, batch.get ()).empty ());
  }
  gst_numpro_bundle_dir_remove_oldest (dir.get (), 5);
  fail_unless_equals_int (static_cast<int> (names_in (directory.path ()).size ()), 1 + 4);
  gst_numpro_bundle_dir_remove_oldest (dir.get (), 2);
  fail_unless (names_in (directory.path ()) ==
               (std::vector<std::string>{".lock", "000010", "000011"}));
}
GST_END_TEST

GST_START_TEST (test_not_writable)
{
  const TemporaryDirectory directory;
  std::ofstream (directory.path () / "file") << "in the way";
  for (const char *path : {"file", "file/below"}) {
    const BundleDirPtr dir (gst_numpro_bundle_dir_new ((directory.path () / path).c_str ()));
    GError *error = nullptr;
    fail_if (gst_numpro_bundle_dir_prepare (dir.get (), &error));
    const ErrorPtr owned (error);
    fail_unless (error->domain == G_FILE_ERROR);
    fail_unless (strstr (error->message, (directory.path () / path).c_str ()), "%s",
                 error->message);
  }
}
GST_END_TEST

GST_START_TEST (test_lock)
{
  const TemporaryDirectory directory;
  const BundleDirPtr other (gst_numpro_bundle_dir_new (directory.path ().c_str ()));
  fail_if (gst_numpro_bundle_dir_is_locked (other.get ()));
  {
    const BundleDirPtr owner = prepared (directory.path ());
    fail_unless (gst_numpro_bundle_dir_is_locked (owner.get ()));
    // What it is at.
    fs::create_directory (directory.path () / ".unfinished-000007");
    GError *error = nullptr;
    fail_if (gst_numpro_bundle_dir_prepare (other.get (), &error));
    fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY));
    fail_unless (std::string (error->message) ==
                 directory.path ().string () + ": this process writes there already");
    g_error_free (error);
    fail_if (gst_numpro_bundle_dir_is_locked (other.get ()));
    fail_unless (names_in (directory.path ()) ==
                 (std::vector<std::string>{".lock", ".unfinished-000007"}));
    // To no harm, as often as one likes.
    fail_unless (gst_numpro_bundle_dir_prepare (owner.get (), nullptr));
  }
  fail_unless (names_in (directory.path ()).empty ());
  fail_unless (gst_numpro_bundle_dir_prepare (other.get (), nullptr));
  fail_unless (gst_numpro_bundle_dir_is_locked (other.get ()));
}
GST_END_TEST

GST_START_TEST (test_removed)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path () / "disk" / "bundles");
  fs::remove_all (directory.path () / "disk" / "bundles");
  const BatchPtr batch = make_batch (1);
  fail_unless (write (dir, batch.get ()).empty ());
  fs::remove_all (directory.path () / "disk");
  fail_if (write (dir, batch.get ()).empty ());
  fail_unless (names_in (directory.path ()).empty ());
}
GST_END_TEST

GST_START_TEST (test_cancelled)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path ());
  const BatchPtr batch = make_batch (1);
  const OwnedBy<GCancellable, g_object_unref> cancellable (g_cancellable_new ());
  g_cancellable_cancel (cancellable.get ());
  fail_unless (write (dir, batch.get (), cancellable.get ()).find ("stopped") != std::string::npos);
  fail_unless (names_in (directory.path ()) == kOnlyLock);
}
GST_END_TEST

GST_START_TEST (test_others_names)
{
  const TemporaryDirectory directory;
  for (const char *name : {"7", "2026", "0000000009", "000001x", "-00001"})
    fs::create_directory (directory.path () / name);
  const BundleDirPtr dir = prepared (directory.path ());
  fail_unless_equals_uint64 (gst_numpro_bundle_dir_get_next_batch (dir.get ()), 0);
  const BatchPtr batch = make_batch (0);
  fail_unless (write (dir, batch.get ()).empty ());
  gst_numpro_bundle_dir_remove_oldest (dir.get (), 1);
  fail_unless_equals_int (static_cast<int> (names_in (directory.path ()).size ()), 1 + 6);
}
GST_END_TEST

GST_START_TEST (test_answers)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path ());
  const fs::path lines = directory.path () / "answers.jsonl";
  const auto append = [&dir] (guint64 number) {
    const BatchPtr batch = make_batch (number);
    const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a red\ncar"));
    const AnswerPtr answer (gst_numpro_answer_new (
        prompt.get (), gst_numpro_batch_get_ledger (batch.get ()), "Not\n\nvisible"));
    fail_unless (
        gst_numpro_bundle_dir_write_answer (dir.get (), nullptr, 0, "{}", answer.get (), nullptr));
  };
  append (1);
  // As a full disk does.
  std::ofstream (lines, std::ios::app) << "{\"batch\" ";
  append (2);
  append (3);
  std::istringstream text (contents (lines));
  std::vector<std::string> read;
  for (std::string line; std::getline (text, line);)
    read.push_back (line);
  fail_unless_equals_int (static_cast<int> (read.size ()), 4);
  fail_unless (read[1] == "{\"batch\" ");
  for (const int line : {0, 2, 3}) {
    const AnswerPtr answer (gst_numpro_answer_new_from_json (read[line].c_str (), -1, nullptr));
    fail_unless (answer != nullptr, "%s", read[line].c_str ());
    fail_unless_equals_uint64 (gst_numpro_answer_get_batch (answer.get ()), line ? line : 1);
    fail_unless_equals_string (gst_numpro_answer_get_text (answer.get ()), "Not\n\nvisible");
  }
}
GST_END_TEST

GST_START_TEST (test_added_questions)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path ());
  const BatchPtr batch = make_batch (7);
  fail_unless (write (dir, batch.get ()).empty ());
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir.get (), 7));
  guint index = 0;
  for (const auto &[words, place] :
       {std::pair ("a red car", 0u), std::pair ("a blue car", 1u), std::pair ("a red car", 0u)}) {
    const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, words));
    fail_unless (gst_numpro_bundle_dir_add_question (dir.get (), bundle.get (), prompt.get (),
                                                     &index, nullptr));
    fail_unless_equals_int (static_cast<int> (index), static_cast<int> (place));
    const PromptPtr back (gst_numpro_bundle_read_prompt (bundle.get (), index, nullptr));
    fail_unless_equals_string (gst_numpro_prompt_get_question (back.get ()), words);
  }
  fail_unless_equals_int (gst_numpro_bundle_get_n_questions (bundle.get ()), 2);
  const BundlePtr none (gst_numpro_bundle_dir_get_bundle (dir.get (), 8));
  const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a car"));
  GError *error = nullptr;
  fail_if (
      gst_numpro_bundle_dir_add_question (dir.get (), none.get (), prompt.get (), &index, &error));
  const ErrorPtr owned (error);
  fail_unless (owned != nullptr);
}
GST_END_TEST

GST_START_TEST (test_read)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path ());
  const BatchPtr batch = make_batch (7);
  const PromptPtr one (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a red car"));
  const PromptPtr two (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a blue car"));
  GstNumproPrompt *prompts[] = {one.get (), two.get ()};
  fail_unless (
      gst_numpro_bundle_dir_write (dir.get (), batch.get (), prompts, 2, nullptr, nullptr));
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir.get (), 7));
  const AnswerPtr answer (gst_numpro_answer_new (
      two.get (), gst_numpro_batch_get_ledger (batch.get ()), "From 70 to 70"));
  fail_unless (gst_numpro_bundle_dir_write_answer (dir.get (), bundle.get (), 1, "{}",
                                                   answer.get (), nullptr));
  fail_unless (names_in (gst_numpro_bundle_get_path (bundle.get ())) ==
               (std::vector<std::string>{"answer-2.json", "ledger.json", "picture.jpg",
                                         "question-1.json", "question-2.json", "request-2.json"}));

  fail_unless_equals_int (gst_numpro_bundle_get_n_questions (bundle.get ()), 2);
  fail_if (gst_numpro_bundle_is_answered (bundle.get (), 0));
  fail_unless (gst_numpro_bundle_is_answered (bundle.get (), 1));
  const PromptPtr asked (gst_numpro_bundle_read_prompt (bundle.get (), 1, nullptr));
  fail_unless_equals_string (gst_numpro_prompt_get_question (asked.get ()), "a blue car");
  const AnswerPtr back (gst_numpro_bundle_read_answer (bundle.get (), 1, nullptr));
  fail_unless_equals_int (gst_numpro_answer_get_n_spans (back.get ()), 1);
  const BatchPtr whole (gst_numpro_bundle_read_batch (bundle.get (), nullptr));
  fail_unless (g_bytes_equal (gst_numpro_batch_get_image (whole.get (), "picture.jpg"),
                              gst_numpro_batch_get_image (batch.get (), "picture.jpg")));
  gsize count = 0;
  const OwnedBy<guint64, g_free> batches (gst_numpro_bundle_dir_list (dir.get (), &count));
  fail_unless (count == 1 && batches.get ()[0] == 7);
}
GST_END_TEST

GST_START_TEST (test_unreadable)
{
  const TemporaryDirectory directory;
  const BundleDirPtr dir = prepared (directory.path ());
  const BatchPtr batch = make_batch (7);
  fail_unless (write (dir, batch.get ()).empty ());
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir.get (), 7));
  const fs::path path = gst_numpro_bundle_get_path (bundle.get ());
  const auto refusal = [&bundle] (GQuark domain) {
    GError *error = nullptr;
    fail_if (gst_numpro_bundle_read_batch (bundle.get (), &error));
    const ErrorPtr owned (error);
    fail_unless (error->domain == domain, "%s", error->message);
    return std::string (error->message);
  };
  fs::remove (path / "picture.jpg");
  fail_unless (refusal (G_FILE_ERROR).find ("picture.jpg") != std::string::npos);
  // What leaves the machine is in the bundle.
  const std::string json = contents (path / "ledger.json");
  for (const char *name : {"\"../picture.jpg\"", "\"/etc/hostname\"", "null", "\"..\""}) {
    std::ofstream (path / "ledger.json")
        << std::string (json).replace (json.find ("\"picture.jpg\""), 13, name);
    fail_unless (refusal (name[1] == '.' && name[3] == '"' ? G_FILE_ERROR : GST_NUMPRO_ERROR)
                     .find (path.string ()) == 0);
  }
  std::ofstream (path / "ledger.json") << "{";
  fail_unless (refusal (GST_NUMPRO_ERROR).find ("ledger.json: Malformed ledger") !=
               std::string::npos);
  fail_if (gst_numpro_bundle_read_prompt (bundle.get (), 0, nullptr));
  fail_if (gst_numpro_bundle_read_answer (bundle.get (), 0, nullptr));
}
GST_END_TEST

static Suite *bundles_suite ()
{
  Suite *suite = suite_create ("bundles");
  TCase *tcase = tcase_create ("bundles");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_write);
  tcase_add_test (tcase, test_numbers_go_on);
  tcase_add_test (tcase, test_leftovers);
  tcase_add_test (tcase, test_keep);
  tcase_add_test (tcase, test_not_writable);
  tcase_add_test (tcase, test_lock);
  tcase_add_test (tcase, test_removed);
  tcase_add_test (tcase, test_cancelled);
  tcase_add_test (tcase, test_answers);
  tcase_add_test (tcase, test_others_names);
  tcase_add_test (tcase, test_added_questions);
  tcase_add_test (tcase, test_read);
  tcase_add_test (tcase, test_unreadable);
  return suite;
}

GST_CHECK_MAIN (bundles)
