/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Bundles on disk.
//
// test_write: a bundle that does not read back as the batch it was.
// test_numbers_go_on: a restarted camera that overwrites what the run before left.
// test_leftovers: what a killed process left taken for a bundle, or kept for ever.
// test_keep: the wrong bundles removed.
// test_not_writable: a directory that cannot be written to noticed late or not at all.
// test_removed: a directory that is removed while running not made again, or one whose disk is gone
//   made on the disk below.
// test_cancelled: a write that goes on when it is cancelled, or leaves half a bundle.
// test_answers: a line that a full disk cut off runs into the next.
// test_others_names: directories of the user's own taken for bundles.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "plugin/sink/batching/window.h"
#include "plugin/sink/outlets/bundle.h"
#include "tests/support/loopcheck.h"
#include "tests/support/temporarydirectory.h"

using namespace numpro;
namespace fs = std::filesystem;

namespace {

const auto kNeverCancelled = [] { return false; };

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

}  // namespace

GST_START_TEST (test_write)
{
  const TemporaryDirectory directory;
  BundleStore store (directory.path () / "made" / "on the way");
  fail_unless (store.open ().empty ());
  const BatchPtr batch = make_batch (42);
  fail_unless (store.write (batch.get (), {}, kNeverCancelled).empty ());
  const fs::path bundle = store.path_of (42);
  fail_unless (bundle.filename () == "000042");
  fail_unless (names_in (bundle) == (std::vector<std::string>{"ledger.json", "picture.jpg"}));
  fail_unless (contents (bundle / "picture.jpg") == "not really");
  const std::string json = contents (bundle / "ledger.json");
  GstNumproLedger *ledger = gst_numpro_ledger_new_from_json (json.c_str (), -1, nullptr);
  fail_unless (ledger != nullptr);
  fail_unless_equals_uint64 (gst_numpro_ledger_get_sample (ledger, 0)->number, 420);
  gst_numpro_ledger_unref (ledger);
  // The same batch again would overwrite.
  fail_if (store.write (batch.get (), {}, kNeverCancelled).empty ());
  fail_unless (names_in (bundle.parent_path ()) == std::vector<std::string>{"000042"});
}
GST_END_TEST

GST_START_TEST (test_numbers_go_on)
{
  const TemporaryDirectory directory;
  BundleStore store (directory.path ());
  fail_unless (store.open ().empty ());
  fail_unless_equals_uint64 (store.next_batch (), 0);
  for (guint64 number : {3, 12, 1000000}) {
    const BatchPtr batch = make_batch (number);
    fail_unless (store.write (batch.get (), {}, kNeverCancelled).empty ());
  }
  fs::create_directory (directory.path () / "2000000.backup");
  fail_unless_equals_uint64 (store.next_batch (), 1000001);
}
GST_END_TEST

GST_START_TEST (test_leftovers)
{
  const TemporaryDirectory directory;
  fs::create_directory (directory.path () / ".unfinished-000007");
  std::ofstream (directory.path () / ".unfinished-000007" / "000070.jpg") << "half";
  BundleStore store (directory.path ());
  fail_unless (store.open ().empty ());
  fail_unless (names_in (directory.path ()).empty ());
  fail_unless_equals_uint64 (store.next_batch (), 0);
}
GST_END_TEST

GST_START_TEST (test_keep)
{
  const TemporaryDirectory directory;
  BundleStore store (directory.path ());
  fail_unless (store.open ().empty ());
  for (guint64 number : {8, 9, 10, 11}) {
    const BatchPtr batch = make_batch (number);
    fail_unless (store.write (batch.get (), {}, kNeverCancelled).empty ());
  }
  store.keep (5);
  fail_unless_equals_int (static_cast<int> (names_in (directory.path ()).size ()), 4);
  store.keep (2);
  fail_unless (names_in (directory.path ()) == (std::vector<std::string>{"000010", "000011"}));
}
GST_END_TEST

GST_START_TEST (test_not_writable)
{
  const TemporaryDirectory directory;
  std::ofstream (directory.path () / "file") << "in the way";
  const std::string problem = BundleStore (directory.path () / "file").open ();
  fail_unless (problem.find ("file") != std::string::npos, "%s", problem.c_str ());
  fail_if (BundleStore (directory.path () / "file" / "below").open ().empty ());
}
GST_END_TEST

GST_START_TEST (test_removed)
{
  const TemporaryDirectory directory;
  BundleStore store (directory.path () / "disk" / "bundles");
  fail_unless (store.open ().empty ());
  fs::remove_all (directory.path () / "disk" / "bundles");
  const BatchPtr batch = make_batch (1);
  fail_unless (store.write (batch.get (), {}, kNeverCancelled).empty ());
  fs::remove_all (directory.path () / "disk");
  fail_if (store.write (batch.get (), {}, kNeverCancelled).empty ());
  fail_unless (names_in (directory.path ()).empty ());
}
GST_END_TEST

GST_START_TEST (test_cancelled)
{
  const TemporaryDirectory directory;
  BundleStore store (directory.path ());
  fail_unless (store.open ().empty ());
  const BatchPtr batch = make_batch (1);
  fail_if (store.write (batch.get (), {}, [] { return true; }).empty ());
  fail_unless (names_in (directory.path ()).empty ());
}
GST_END_TEST

GST_START_TEST (test_others_names)
{
  const TemporaryDirectory directory;
  for (const char *name : {"7", "2026", "0000000009", "000001x", "-00001"})
    fs::create_directory (directory.path () / name);
  BundleStore store (directory.path ());
  fail_unless (store.open ().empty ());
  fail_unless_equals_uint64 (store.next_batch (), 0);
  const BatchPtr batch = make_batch (0);
  fail_unless (store.write (batch.get (), {}, kNeverCancelled).empty ());
  store.keep (1);
  fail_unless_equals_int (static_cast<int> (names_in (directory.path ()).size ()), 6);
}
GST_END_TEST

GST_START_TEST (test_answers)
{
  const TemporaryDirectory directory;
  BundleStore store (directory.path ());
  fail_unless (store.open ().empty ());
  const fs::path lines = directory.path () / "answers.jsonl";
  fail_unless (store.write_answer ({}, 1, "{}", "{\n  \"batch\" : 1\n}").empty ());
  // As a full disk does.
  std::ofstream (lines, std::ios::app) << "{\"batch\" ";
  fail_unless (store.write_answer ({}, 1, "{}", "{\n  \"batch\" : 2\n}").empty ());
  fail_unless (store.write_answer ({}, 1, "{}", "{\n  \"batch\" : 3\n}").empty ());
  const std::string text = contents (lines);
  const char kExpected[] = "{\"batch\" : 1}\n{\"batch\" \n{\"batch\" : 2}\n{\"batch\" : 3}\n";
  fail_unless (text == kExpected, "%s", text.c_str ());
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
  tcase_add_test (tcase, test_removed);
  tcase_add_test (tcase, test_cancelled);
  tcase_add_test (tcase, test_answers);
  tcase_add_test (tcase, test_others_names);
  return suite;
}

GST_CHECK_MAIN (bundles)
