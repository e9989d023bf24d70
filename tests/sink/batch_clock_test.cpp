/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Batches of a live stream end when their time is over, and not with the next frame only.
//
// test_source_falls_silent: what a camera showed just before it was cut, in no batch for ever.
// test_due: a batch that ends before its samples can have come; or after that with another sample
//   only; an empty one afterwards.
// test_straggler: a sample that comes too late for its batch lost, in two batches, or alone in one.
// test_overlap: samples that are to open the next batch lost by the clock, or in a batch of theirs.
// test_late_stream: a stream that is late, or began long after the clock, cut into single samples.
// test_paused: a batch that ends while nothing plays, or that does not once it goes on.
// test_live_paused: the same of a pipeline whose sink waits for a frame until it counts as paused.
// test_not_live: a file's batches cut by how fast it is read.
// test_no_clock: a batch cut by a clock that is not there.

#include <chrono>

#include "tests/support/sinkharness.h"
#include "tests/support/sinkpipeline.h"
#include "tests/support/watchdog.h"

namespace {

constexpr GstClockTime kFrame = 100 * GST_MSECOND;
// What is said of it in docs/batches.md.
constexpr GstClockTime kGrace = GST_SECOND;

using Numbers = std::vector<guint64>;

// A stream of ten frames a second, whose batches end after half a second of their time, by a clock
// that is set by hand.
class ClockedStream : public SinkHarness
{
 public:
  explicit ClockedStream (const std::string &properties = "", bool is_live = true)
      : SinkHarness ("", "batch-size=0 batch-time=500000000 " + properties)
  {
    gst_harness_set_live (harness (), is_live);
    open ("video/x-raw,format=GRAY8,width=16,height=16,framerate=10/1");
  }

  void set_clock (GstClockTime time) { gst_harness_set_time (harness (), time); }

  // The frame whose time has come so long ago.
  void push_frame (guint64 frame, GstClockTime lateness = 0)
  {
    set_clock (frame * kFrame + lateness);
    push (frame);
  }

  // A frame, by the clock as it is.
  void push (guint64 frame)
  {
    GstBuffer *buffer = gst_harness_create_buffer (harness (), 16 * 16);
    GST_BUFFER_PTS (buffer) = frame * kFrame;
    GST_BUFFER_DURATION (buffer) = kFrame;
    SinkHarness::push (buffer);
  }

  void push_frames (guint64 first, guint64 last, GstClockTime lateness = 0)
  {
    for (guint64 frame = first; frame <= last; ++frame)
      push_frame (frame, lateness);
  }

  void end () { SinkHarness::push (gst_event_new_eos ()); }

  // Numbers of the next batch. Of one that is due it takes as long as the clock had to go.
  Numbers next ()
  {
    const Batch batch = pull ();
    return batch ? numbers_of (batch.get ()) : Numbers{};
  }

  // Fails if there is a batch. It looks for longer than any that is due takes.
  void require_none ()
  {
    const Batch batch = pull_batch (sink (), 2 * kGrace);
    fail_if (batch != nullptr, "there is a batch of %d samples",
             batch ? static_cast<int> (numbers_of (batch.get ()).size ()) : 0);
  }
};

}  // namespace

GST_START_TEST (test_source_falls_silent)
{
  SinkPipeline pipeline (
      "videotestsrc is-live=true ! video/x-raw,format=I420,width=32,height=32,framerate=20/1 ! "
      "valve name=valve ! numproverlay",
      "batch-size=0 batch-time=1000000000");
  pipeline.play ();
  pipeline.wait_until ([] (const SinkCounts &now) { return now.samples >= 30; });
  const Element valve (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "valve"));
  g_object_set (valve.get (), "drop", TRUE, nullptr);
  const Batch full = pipeline.pull (), last = pipeline.pull (10 * GST_SECOND);
  fail_unless (full && last, "what came last is in no batch");
  fail_unless_equals_uint64 (numbers_of (last.get ()).back (), pipeline.counts ().samples - 1);
  fail_unless_equals_uint64 (pipeline.counts ().waiting, 0);
  pipeline.stop ();
  fail_unless (pipeline.told ().empty ());
}
GST_END_TEST

GST_START_TEST (test_due)
{
  ClockedStream stream;
  stream.push_frames (0, 2);
  stream.set_clock (5 * kFrame + kGrace - 1);
  stream.require_none ();
  stream.set_clock (5 * kFrame + kGrace);
  fail_unless (stream.next () == (Numbers{0, 1, 2}));
  // Nothing is new, and nothing is to be told at the end.
  stream.set_clock (100 * kFrame);
  stream.require_none ();
  stream.end ();
  fail_unless (stream.pull () == nullptr);
  fail_unless_equals_uint64 (stream.counts ().batches, 1);
  fail_unless (stream.lost ().empty ());
}
GST_END_TEST

GST_START_TEST (test_straggler)
{
  ClockedStream stream;
  stream.push_frames (0, 2);
  stream.set_clock (5 * kFrame + kGrace);
  fail_unless (stream.next () == (Numbers{0, 1, 2}));
  stream.push (3);
  stream.push (4);
  // It has a time of its own, which begins with it.
  stream.push (7);
  stream.push (8);
  stream.end ();
  fail_unless (stream.next () == (Numbers{3, 4, 5}));
  fail_unless (stream.next () == Numbers{6});
  fail_unless (stream.pull () == nullptr);
  fail_unless (stream.lost ().empty ());
}
GST_END_TEST

GST_START_TEST (test_overlap)
{
  ClockedStream stream ("overlap=2");
  stream.push_frames (0, 2);
  stream.set_clock (5 * kFrame + kGrace);
  fail_unless (stream.next () == (Numbers{0, 1, 2}));
  // What opens the next batch is in no batch of its own.
  stream.set_clock (30 * kFrame);
  stream.require_none ();
  stream.push (3);
  stream.end ();
  fail_unless (stream.next () == (Numbers{1, 2, 3}));
  fail_unless (stream.pull () == nullptr);
  fail_unless_equals_uint64 (stream.counts ().samples, 4);
}
GST_END_TEST

GST_START_TEST (test_late_stream)
{
  ClockedStream stream;
  constexpr GstClockTime kLate = 60 * GST_SECOND;
  stream.push_frames (0, 2, kLate);
  stream.set_clock (kLate + 5 * kFrame + kGrace - 1);
  stream.require_none ();
  stream.push (3);
  stream.push (5);
  fail_unless (stream.next () == (Numbers{0, 1, 2, 3}));
  stream.set_clock (kLate + 30 * kFrame);
  fail_unless (stream.next () == Numbers{4});
}
GST_END_TEST

GST_START_TEST (test_paused)
{
  ClockedStream stream;
  stream.push_frames (0, 2);
  gst_element_set_state (stream.harness ()->element, GST_STATE_PAUSED);
  stream.set_clock (5 * kFrame + kGrace);
  stream.require_none ();
  gst_element_set_state (stream.harness ()->element, GST_STATE_PLAYING);
  fail_unless (stream.next () == (Numbers{0, 1, 2}));
}
GST_END_TEST

GST_START_TEST (test_live_paused)
{
  SinkPipeline pipeline (
      "videotestsrc is-live=true ! video/x-raw,format=I420,width=32,height=32,framerate=20/1 ! "
      "valve name=valve ! numproverlay",
      "batch-size=0 batch-time=1000000000");
  pipeline.play ();
  pipeline.wait_until ([] (const SinkCounts &now) { return now.samples >= 25; });
  const Element valve (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "valve"));
  g_object_set (valve.get (), "drop", TRUE, nullptr);
  const guint64 before = pipeline.counts ().samples;
  gst_element_set_state (pipeline.get (), GST_STATE_PAUSED);
  const Batch full = pipeline.pull (), early = pipeline.pull (3 * GST_SECOND);
  fail_unless (full != nullptr);
  fail_unless (early == nullptr, "a batch ended while the pipeline was paused");
  // It plays again from the first frame on.
  g_object_set (valve.get (), "drop", FALSE, nullptr);
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  pipeline.wait_until ([&] (const SinkCounts &now) { return now.samples > before; });
  g_object_set (valve.get (), "drop", TRUE, nullptr);
  fail_unless (pipeline.pull (10 * GST_SECOND) != nullptr, "what came last is in no batch");
  pipeline.stop ();
}
GST_END_TEST

GST_START_TEST (test_not_live)
{
  ClockedStream stream ("", false);
  stream.push_frames (0, 2);
  stream.set_clock (5 * kFrame + kGrace);
  stream.require_none ();
  stream.push_frame (4, 2 * kGrace);
  stream.end ();
  fail_unless (stream.next () == (Numbers{0, 1, 2, 3}));
}
GST_END_TEST

GST_START_TEST (test_no_clock)
{
  ClockedStream stream;
  stream.push_frames (0, 2);
  gst_element_set_clock (stream.harness ()->element, nullptr);
  stream.set_clock (5 * kFrame + kGrace);
  stream.require_none ();
  stream.end ();
  fail_unless (stream.next () == (Numbers{0, 1, 2}));
}
GST_END_TEST

static Suite *batch_clock_suite ()
{
  Suite *suite = suite_create ("batch_clock");
  TCase *tcase = tcase_create ("batch_clock");
  suite_add_tcase (suite, tcase);
  bound_checks (tcase, 20);
  tcase_add_test (tcase, test_source_falls_silent);
  tcase_add_test (tcase, test_due);
  tcase_add_test (tcase, test_straggler);
  tcase_add_test (tcase, test_overlap);
  tcase_add_test (tcase, test_late_stream);
  tcase_add_test (tcase, test_paused);
  tcase_add_test (tcase, test_live_paused);
  tcase_add_test (tcase, test_not_live);
  tcase_add_test (tcase, test_no_clock);
  return suite;
}

GST_CHECK_MAIN (batch_clock)
