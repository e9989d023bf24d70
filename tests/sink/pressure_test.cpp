/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Batches that nobody takes, or not fast enough.
//
// test_waits: a stream that does not wait where nothing may give way, or loses what waits without
//   telling when it is stopped.
// test_gives_way: a camera that is held up because nobody reads; a loss that is told twice, or not,
//   or of samples that another batch brought.
// test_slow_reader: the same while somebody reads, and batches overlap.
// test_two_readers: a sample told as lost because one of two ways out did not take it.
// test_error: a lost batch that does not end the stream with on-error=error, or more than one
// error.

#include <gst/numpro/numpro.h>

#include "tests/support/watchdog.h"
#include "tests/support/watchedpipeline.h"

namespace {

// For a live source the framerate is its pace.
std::string frames (int count, bool live)
{
  return "videotestsrc num-buffers=" + std::to_string (count) + (live ? " is-live=true" : "") +
         " ! video/x-raw,format=I420,width=160,height=40,framerate=" + (live ? "400/1" : "30/1");
}

void add_all (std::set<guint64> &set, const std::vector<guint64> &numbers)
{
  set.insert (numbers.begin (), numbers.end ());
}

}  // namespace

GST_START_TEST (test_waits)
{
  WatchedPipeline pipeline (
      frames (100000, false),
      std::string ("batch-size=5 max-batches=2 leaky-type=") + (__i__ ? "auto" : "none"));
  pipeline.play ();
  // Two batches wait, a third one to be let in, eight pictures to be encoded, and one sample.
  constexpr guint64 kFull = 2 * 5 + 5 + 8 + 1;
  pipeline.wait_until ([] (const SinkCounts &now) { return now.samples == kFull; });
  g_usleep (50000);
  const SinkCounts full = pipeline.counts ();
  fail_unless_equals_uint64 (full.samples, kFull);
  fail_unless_equals_uint64 (full.waiting, kFull);
  std::set<guint64> delivered;
  for (int i = 0; i < 3; ++i)
    add_all (delivered, numbers_of (pipeline.pull ().get ()));
  pipeline.stop ();
  fail_unless (pipeline.warnings ().empty ());
  pipeline.require_exact (delivered);
}
GST_END_TEST

GST_START_TEST (test_gives_way)
{
  // Only in live pipelines for auto.
  static const char *const kTypes[] = {"upstream", "downstream", "auto"};
  WatchedPipeline pipeline (frames (200, true),
                            std::string ("batch-size=5 max-batches=2 leaky-type=") + kTypes[__i__]);
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  std::set<guint64> delivered;
  while (const Batch batch = pipeline.pull ())
    add_all (delivered, numbers_of (batch.get ()));
  fail_unless (delivered.size () <= 10 && !delivered.empty ());
  const bool upstream = __i__ == 0;
  fail_unless_equals_uint64 (upstream ? *delivered.begin () : *delivered.rbegin (),
                             upstream ? 0 : pipeline.counts ().samples - 1);
  pipeline.stop ();
  fail_unless (pipeline.reasons () == std::set<std::string>{"overrun"});
  fail_if (pipeline.warnings ().empty ());
  fail_unless (pipeline.errors ().empty ());
  pipeline.require_exact (delivered);
}
GST_END_TEST

GST_START_TEST (test_slow_reader)
{
  static const char *const kTypes[] = {"none", "upstream", "downstream"};
  WatchedPipeline pipeline (
      frames (300, __i__ > 0),
      std::string ("batch-size=8 overlap=3 max-batches=1 leaky-type=") + kTypes[__i__]);
  pipeline.play ();
  std::set<guint64> delivered;
  while (const Batch batch = pipeline.pull ()) {
    add_all (delivered, numbers_of (batch.get ()));
    g_usleep (30000);
  }
  pipeline.wait_for (GST_MESSAGE_EOS);
  pipeline.stop ();
  fail_unless (pipeline.told ().empty () == (__i__ == 0));
  pipeline.require_exact (delivered);
}
GST_END_TEST

static void note_numbers (GstElement *, GstNumproBatch *batch, std::set<guint64> *delivered)
{
  add_all (*delivered, numbers_of (batch));
  g_usleep (30000);
}

GST_START_TEST (test_two_readers)
{
  WatchedPipeline pipeline (
      frames (300, true),
      "batch-size=8 overlap=5 max-batches=1 leaky-type=downstream emit-signals=true");
  std::set<guint64> by_signal, delivered;
  g_signal_connect (pipeline.sink (), "new-batch", G_CALLBACK (note_numbers), &by_signal);
  // Wanted from the first pull on.
  fail_if (pipeline.pull (0) != nullptr);
  pipeline.play ();
  while (const Batch batch = pipeline.pull ()) {
    add_all (delivered, numbers_of (batch.get ()));
    g_usleep (50000);
  }
  pipeline.wait_for (GST_MESSAGE_EOS);
  pipeline.stop ();
  delivered.insert (by_signal.begin (), by_signal.end ());
  pipeline.require_exact (delivered);
}
GST_END_TEST

GST_START_TEST (test_error)
{
  WatchedPipeline pipeline (frames (100000, true),
                            "batch-size=5 max-batches=1 leaky-type=downstream on-error=error");
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_ERROR);
  pipeline.wait_for (GST_MESSAGE_ERROR);
  fail_unless (pipeline.error_sources ()[0] == "sink");
  fail_unless (pipeline.error_sources ()[1].starts_with ("videotestsrc"), "the stream goes on");
  const guint64 frames_seen = pipeline.counts ().frames;
  g_usleep (50000);
  fail_unless_equals_uint64 (pipeline.counts ().frames, frames_seen);
  std::set<guint64> delivered;
  while (const Batch batch = pipeline.pull (0))
    add_all (delivered, numbers_of (batch.get ()));
  pipeline.stop ();
  fail_unless_equals_int (static_cast<int> (pipeline.errors ().size ()), 2);
  fail_unless (pipeline.warnings ().empty ());
  pipeline.require_exact (delivered);
}
GST_END_TEST

static Suite *pressure_suite ()
{
  Suite *suite = suite_create ("pressure");
  TCase *tcase = tcase_create ("pressure");
  suite_add_tcase (suite, tcase);
  bound_checks (tcase, 10);
  tcase_add_loop_test (tcase, test_waits, 0, 2);
  tcase_add_loop_test (tcase, test_gives_way, 0, 3);
  tcase_add_loop_test (tcase, test_slow_reader, 0, 3);
  tcase_add_test (tcase, test_two_readers);
  tcase_add_test (tcase, test_error);
  return suite;
}

GST_CHECK_MAIN (pressure)
