/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Disks that are full, slow, stuck, gone or not to be written to.
//
// test_full: a full disk that stops the stream, leaves half a bundle, is not told with path and
//   reason, or is not written to again when there is room.
// test_full_ends_stream: one that does not end it with on-error=error, or more than one error.
// test_full_at_end: an end of stream announced although its last batch was lost and on-error=error.
// test_read_only: the same for a disk that turns read-only, as cards do; at the start an error.
// test_removed: a directory removed while running that ends the recording.
// test_without_locks: a file system that has no locks refused, or taken without a warning.
// test_not_synced: a bundle told as lost that is there all the same.
// test_stuck: a camera held up by its disk; an end of stream that waits longer than drain-timeout,
//   or that does not tell.
// test_stop_while_slow: a stop that waits until all of a batch is written.

#include "tests/support/faultydisk.h"
#include "tests/support/temporarydirectory.h"
#include "tests/support/watchdog.h"
#include "tests/support/watchedpipeline.h"
#include "tests/support/wholebundle.h"

namespace fs = std::filesystem;

namespace {

std::string frames (int count, bool live = false)
{
  return "videotestsrc num-buffers=" + std::to_string (count) + (live ? " is-live=true" : "") +
         " ! video/x-raw,format=I420,width=160,height=40,framerate=" + (live ? "400/1" : "30/1");
}

// Until the test ends the stream, and not so fast that a failing disk loses it all in a moment.
constexpr int kEndless = -1;

void end_stream (WatchedPipeline &pipeline)
{
  gst_element_send_event (pipeline.get (), gst_event_new_eos ());
  pipeline.wait_for (GST_MESSAGE_EOS);
  pipeline.stop ();
}

std::string location (const fs::path &path)
{
  return " location=" + path.string ();
}

std::set<guint64> numbers_on_disk (const fs::path &directory)
{
  std::set<guint64> numbers;
  for (const fs::path &bundle : bundles_in (directory)) {
    for (guint64 number : numbers_of_whole_bundle (bundle))
      numbers.insert (number);
  }
  return numbers;
}

void require_no_leftovers (const fs::path &directory)
{
  for (const auto &entry : fs::directory_iterator (directory))
    fail_if (entry.path ().filename ().string ().starts_with ("."), "%s", entry.path ().c_str ());
}

void require_mentions (const std::vector<std::string> &sentences, const std::string &path,
                       const std::string &reason)
{
  fail_if (sentences.empty ());
  for (const std::string &sentence : sentences)
    fail_unless (
        sentence.find (path) != std::string::npos && sentence.find (reason) != std::string::npos,
        "%s", sentence.c_str ());
}

}  // namespace

GST_START_TEST (test_full)
{
  const TemporaryDirectory directory;
  FaultyDisk disk (directory.path ());
  disk.set_room (60000);
  WatchedPipeline pipeline (
      frames (kEndless, true),
      "batch-size=8 overlap=3 leaky-type=none" + location (directory.path ()) + " max-batches=1");
  pipeline.play ();
  pipeline.wait_until ([] (const SinkCounts &now) { return now.dropped > 20; });
  disk.set_room (10000000);
  const guint64 before = pipeline.counts ().delivered;
  pipeline.wait_until ([&] (const SinkCounts &now) { return now.delivered > before + 20; });
  end_stream (pipeline);
  fail_unless (pipeline.reasons () == std::set<std::string>{"disk"});
  require_mentions (pipeline.warnings (), directory.path ().string (), "No space left");
  fail_unless (pipeline.errors ().empty ());
  const std::set<guint64> delivered = numbers_on_disk (directory.path ());
  fail_unless (delivered.contains (0), "nothing was written before the disk was full");
  pipeline.require_exact (delivered);
  require_no_leftovers (directory.path ());
}
GST_END_TEST

GST_START_TEST (test_full_ends_stream)
{
  const TemporaryDirectory directory;
  FaultyDisk disk (directory.path ());
  WatchedPipeline pipeline (frames (kEndless, true), "batch-size=8 leaky-type=none on-error=error" +
                                                         location (directory.path ()));
  pipeline.play ();
  pipeline.wait_until ([] (const SinkCounts &now) { return now.delivered > 0; });
  // Several batches wait when the first of them is lost.
  disk.set_stuck (true);
  pipeline.wait_until ([] (const SinkCounts &now) { return now.waiting > 40; });
  disk.set_room (0);
  disk.set_stuck (false);
  pipeline.wait_for (GST_MESSAGE_ERROR);
  // The second is the source's, whose stream has ended.
  pipeline.wait_for (GST_MESSAGE_ERROR);
  pipeline.stop ();
  require_mentions ({pipeline.errors ()[0]}, directory.path ().string (), "No space left");
  fail_unless (pipeline.error_sources ()[0] == "sink");
  fail_unless_equals_int (static_cast<int> (pipeline.errors ().size ()), 2);
  fail_unless (pipeline.warnings ().empty ());
  pipeline.require_exact (numbers_on_disk (directory.path ()));
  require_no_leftovers (directory.path ());
}
GST_END_TEST

GST_START_TEST (test_full_at_end)
{
  const TemporaryDirectory directory;
  FaultyDisk disk (directory.path ());
  disk.set_room (0);
  WatchedPipeline pipeline (frames (20),
                            "batch-size=30 on-error=error" + location (directory.path ()));
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_ERROR);
  GstBus *bus = gst_element_get_bus (pipeline.get ());
  GstMessage *eos = gst_bus_timed_pop_filtered (bus, 100 * GST_MSECOND, GST_MESSAGE_EOS);
  fail_if (eos != nullptr, "there was an EOS after the error");
  gst_object_unref (bus);
  pipeline.stop ();
  pipeline.require_exact ({});
}
GST_END_TEST

GST_START_TEST (test_read_only)
{
  const TemporaryDirectory directory;
  FaultyDisk disk (directory.path ());
  {
    disk.set_delay (1);
    WatchedPipeline pipeline (
        frames (400), "batch-size=8 max-batches=1 leaky-type=none" + location (directory.path ()));
    pipeline.play ();
    pipeline.wait_until ([] (const SinkCounts &now) { return now.delivered > 0; });
    disk.set_read_only (true);
    pipeline.wait_for (GST_MESSAGE_EOS);
    pipeline.stop ();
    require_mentions (pipeline.warnings (), directory.path ().string (), "Read-only");
    pipeline.require_exact (numbers_on_disk (directory.path ()));
  }
  WatchedPipeline pipeline (frames (60), location (directory.path ()));
  fail_unless_equals_int (gst_element_set_state (pipeline.get (), GST_STATE_PAUSED),
                          GST_STATE_CHANGE_FAILURE);
  pipeline.stop ();
  require_mentions (pipeline.errors (), "location", "Read-only");
}
GST_END_TEST

GST_START_TEST (test_removed)
{
  const TemporaryDirectory directory;
  const fs::path disk_path = directory.path () / "disk", bundles = disk_path / "bundles";
  FaultyDisk disk (directory.path ());
  WatchedPipeline pipeline (frames (kEndless, true),
                            "batch-size=4 max-batches=1 leaky-type=none" + location (bundles));
  pipeline.play ();
  pipeline.wait_until ([] (const SinkCounts &now) { return now.delivered >= 8; });

  // Its directory: at most the batch that is being written is lost.
  fs::rename (bundles, directory.path () / "first");
  const guint64 before = pipeline.counts ().delivered;
  pipeline.wait_until ([&] (const SinkCounts &now) { return now.delivered >= before + 12; });
  fail_unless (pipeline.counts ().dropped <= 4);

  // The whole disk, which comes back.
  fs::rename (disk_path, directory.path () / "unplugged");
  pipeline.wait_until ([] (const SinkCounts &now) { return now.dropped >= 12; });
  fail_if (fs::exists (disk_path), "there are bundles where a disk was");
  fs::rename (directory.path () / "unplugged", disk_path);
  const guint64 again = pipeline.counts ().delivered;
  pipeline.wait_until ([&] (const SinkCounts &now) { return now.delivered >= again + 8; });

  end_stream (pipeline);
  fail_unless (pipeline.reasons () == std::set<std::string>{"disk"});
  require_mentions (pipeline.warnings (), bundles.string (), "No such file");
  std::set<guint64> delivered = numbers_on_disk (bundles);
  delivered.merge (numbers_on_disk (directory.path () / "first"));
  pipeline.require_exact (delivered);
}
GST_END_TEST

GST_START_TEST (test_without_locks)
{
  const TemporaryDirectory directory;
  FaultyDisk disk (directory.path ());
  disk.set_without_locks (true);
  WatchedPipeline pipeline (frames (60), "batch-size=8" + location (directory.path ()));
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 1);
  require_mentions (pipeline.warnings (), directory.path ().string (), "without locks");
  pipeline.stop ();
  pipeline.require_exact (numbers_on_disk (directory.path ()));
  require_no_leftovers (directory.path ());
}
GST_END_TEST

GST_START_TEST (test_not_synced)
{
  const TemporaryDirectory directory;
  FaultyDisk disk (directory.path ());
  disk.set_directory_fails (true);
  WatchedPipeline pipeline (frames (30), "batch-size=8" + location (directory.path ()));
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  pipeline.stop ();
  require_mentions (pipeline.warnings (), directory.path ().string (), "Input/output error");
  pipeline.require_exact ({});
  fail_unless (fs::is_empty (directory.path ()));
}
GST_END_TEST

GST_START_TEST (test_stuck)
{
  const TemporaryDirectory directory;
  FaultyDisk disk (directory.path ());
  WatchedPipeline pipeline (
      frames (200, true),
      "batch-size=4 max-batches=2 drain-timeout=100000000" + location (directory.path ()));
  // The start itself sees whether the disk can be written to.
  gst_element_set_state (pipeline.get (), GST_STATE_PAUSED);
  disk.set_stuck (true);
  pipeline.play ();
  // Comes although nothing at all was written.
  pipeline.wait_for (GST_MESSAGE_EOS);
  fail_unless_equals_uint64 (pipeline.counts ().frames, 200);
  fail_unless_equals_uint64 (pipeline.counts ().delivered, 0);
  fail_unless (pipeline.warnings ().back ().find ("drain-timeout") != std::string::npos);
  disk.set_stuck (false);
  pipeline.wait_until ([] (const SinkCounts &now) { return now.waiting == 0; });
  pipeline.stop ();
  fail_unless (pipeline.reasons () == std::set<std::string>{"overrun"});
  pipeline.require_exact (numbers_on_disk (directory.path ()));
}
GST_END_TEST

GST_START_TEST (test_stop_while_slow)
{
  const TemporaryDirectory directory;
  FaultyDisk disk (directory.path ());
  disk.set_delay (100);
  WatchedPipeline pipeline (frames (1000),
                            "batch-size=100 max-batches=1" + location (directory.path ()));
  pipeline.play ();
  disk.wait_for_sync ();
  const int before = disk.syncs ();
  pipeline.stop ();
  // The one on its way, and one that began meanwhile.
  fail_unless (disk.syncs () <= before + 2, "%d files more", disk.syncs () - before);
  fail_unless (pipeline.reasons ().contains ("stop"));
  fail_unless (pipeline.warnings ().empty () && pipeline.errors ().empty ());
  pipeline.require_exact ({});
  fail_unless (fs::is_empty (directory.path ()));
}
GST_END_TEST

static Suite *disk_suite ()
{
  Suite *suite = suite_create ("disk");
  TCase *tcase = tcase_create ("disk");
  suite_add_tcase (suite, tcase);
  bound_checks (tcase, 20);
  tcase_add_test (tcase, test_full);
  tcase_add_test (tcase, test_full_ends_stream);
  tcase_add_test (tcase, test_full_at_end);
  tcase_add_test (tcase, test_read_only);
  tcase_add_test (tcase, test_removed);
  tcase_add_test (tcase, test_without_locks);
  tcase_add_test (tcase, test_not_synced);
  tcase_add_test (tcase, test_stuck);
  tcase_add_test (tcase, test_stop_while_slow);
  return suite;
}

GST_CHECK_MAIN (disk)
