/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Ends that come at a bad moment. Each is to be short, and to leave the counts balanced.
//
// test_stop_while_encoding: a stop that waits for more than the image that is being made.
// test_stop_while_pulled: one that leaves a reader waiting for ever.
// test_stop_while_handled: one while a handler of new-batch runs.
// test_stop_at_end_of_stream: one that hangs because EOS waits for room that nobody makes.
// test_pause_at_end_of_stream: a pause that hangs there, or an EOS that is forgotten by it.
// test_end_of_stream_in_time: an EOS that waits longer than drain-timeout there.
// test_segments_while_full: a segment that hangs there; one that opens a batch with samples of the
//   stream before it.
// test_flush_in_a_loop: flushes that hang, mix samples or lose count while somebody pulls.
// test_states_in_a_loop: restarts that hang, or leave samples of one run in the next.
// test_settings_of_the_next_run: settings that were changed in READY and have no effect.

#include <gst/check/gstharness.h>

#include <mutex>

#include "tests/support/temporarydirectory.h"
#include "tests/support/watchdog.h"
#include "tests/support/watchedpipeline.h"

namespace {

std::string frames (int count, const char *size = "width=160,height=40")
{
  return "videotestsrc num-buffers=" + std::to_string (count) + " ! video/x-raw,format=I420," +
         size + ",framerate=30/1";
}

constexpr const char *kFull = "batch-size=1 max-batches=1 leaky-type=none ";
// What is under way then: the batch that waits, the one to be let in, and pictures to be encoded.
constexpr int kFramesUntilFull = 1 + 1 + 8;

void require_balanced_and_told (const WatchedPipeline &pipeline)
{
  const SinkCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.waiting, 0);
  fail_unless_equals_uint64 (now.samples, now.delivered + now.dropped);
  fail_unless_equals_uint64 (now.dropped, pipeline.told ().size ());
}

}  // namespace

GST_START_TEST (test_stop_while_encoding)
{
  WatchedPipeline pipeline (frames (10000, "width=1920,height=1080"), "max-edge=0 batch-size=1000");
  pipeline.play ();
  pipeline.wait_until ([] (const SinkCounts &now) { return now.waiting >= 9; });
  pipeline.stop ();
  require_balanced_and_told (pipeline);
  fail_unless_equals_uint64 (pipeline.counts ().delivered, 0);
}
GST_END_TEST

GST_START_TEST (test_stop_while_pulled)
{
  WatchedPipeline pipeline (frames (10000) + " ! identity sleep-time=1000", "batch-size=100000");
  std::atomic<bool> pulls = false;
  Batch batch;
  std::thread reader ([&] {
    while (pipeline.counts ().samples == 0)
      g_usleep (1000);
    pulls = true;
    GstNumproBatch *pulled = nullptr;
    g_signal_emit_by_name (pipeline.sink (), "pull-batch", &pulled);
    batch.reset (pulled);
  });
  pipeline.play ();
  while (!pulls)
    g_usleep (1000);
  g_usleep (10000);
  pipeline.stop ();
  reader.join ();
  fail_unless (batch == nullptr);
  require_balanced_and_told (pipeline);
}
GST_END_TEST

static void handle_slowly (GstElement *, GstNumproBatch *, std::atomic<int> *handled)
{
  ++*handled;
  g_usleep (100000);
}

GST_START_TEST (test_stop_while_handled)
{
  WatchedPipeline pipeline (frames (10000), "batch-size=5 emit-signals=true");
  std::atomic<int> handled = 0;
  g_signal_connect (pipeline.sink (), "new-batch", G_CALLBACK (handle_slowly), &handled);
  pipeline.play ();
  while (handled == 0)
    g_usleep (1000);
  pipeline.stop ();
  // No handler runs after the stop.
  const int until_then = handled;
  g_usleep (20000);
  fail_unless_equals_int (handled, until_then);
  fail_unless_equals_uint64 (pipeline.counts ().delivered, 5 * static_cast<guint64> (handled));
  require_balanced_and_told (pipeline);
}
GST_END_TEST

// Until all is full and the stream's end waits for room.
static void play_to_the_end (WatchedPipeline &pipeline)
{
  pipeline.play ();
  pipeline.wait_until ([] (const SinkCounts &now) { return now.samples == kFramesUntilFull; });
  g_usleep (50000);
}

GST_START_TEST (test_stop_at_end_of_stream)
{
  WatchedPipeline pipeline (frames (kFramesUntilFull), kFull);
  play_to_the_end (pipeline);
  pipeline.stop ();
  require_balanced_and_told (pipeline);
}
GST_END_TEST

GST_START_TEST (test_pause_at_end_of_stream)
{
  WatchedPipeline pipeline (frames (kFramesUntilFull), kFull);
  play_to_the_end (pipeline);
  gst_element_set_state (pipeline.get (), GST_STATE_PAUSED);
  pipeline.play ();
  for (int i = 0; i < kFramesUntilFull; ++i)
    fail_unless (pipeline.pull () != nullptr);
  pipeline.wait_for (GST_MESSAGE_EOS);
  pipeline.stop ();
  require_balanced_and_told (pipeline);
  fail_unless_equals_uint64 (pipeline.counts ().delivered, kFramesUntilFull);
}
GST_END_TEST

GST_START_TEST (test_end_of_stream_in_time)
{
  WatchedPipeline pipeline (frames (kFramesUntilFull),
                            std::string (kFull) + "drain-timeout=50000000");
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  fail_unless (pipeline.warnings ().back ().find ("drain-timeout") != std::string::npos);
  fail_unless_equals_uint64 (pipeline.counts ().waiting, kFramesUntilFull);
  pipeline.stop ();
  require_balanced_and_told (pipeline);
}
GST_END_TEST

// Frames of a caller's choosing.
class PushedFrames
{
 public:
  explicit PushedFrames (const char *properties)
      : harness_ (
            gst_harness_new_parse ((std::string ("numprosink name=sink ") + properties).c_str ())),
        sink_ (gst_bin_get_by_name (GST_BIN (harness_->element), "sink"))
  {
    gst_harness_set_src_caps_str (harness_,
                                  "video/x-raw,format=GRAY8,width=16,height=16,framerate=1/1");
  }
  ~PushedFrames ()
  {
    gst_object_unref (sink_);
    gst_harness_teardown (harness_);
  }
  PushedFrames (const PushedFrames &) = delete;
  PushedFrames &operator= (const PushedFrames &) = delete;

  GstFlowReturn push (guint64 number)
  {
    GstBuffer *buffer = gst_buffer_new_allocate (nullptr, 256, nullptr);
    gst_buffer_memset (buffer, 0, 0, 256);
    GST_BUFFER_PTS (buffer) = number * GST_MSECOND;
    gst_buffer_add_numpro_meta (buffer, number, number, GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE);
    return gst_harness_push (harness_, buffer);
  }

  bool push_event (GstEvent *event) { return gst_harness_push_event (harness_, event); }

  bool push_segment ()
  {
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    return push_event (gst_event_new_segment (&segment));
  }

  std::vector<guint64> pull (GstClockTime timeout = WatchedPipeline::kPatience)
  {
    const Batch batch = pull_batch (sink_, timeout);
    return batch ? numbers_of (batch.get ()) : std::vector<guint64> ();
  }

  SinkCounts counts () const { return counts_of (sink_); }

 private:
  GstHarness *harness_;
  GstElement *sink_;
};

GST_START_TEST (test_segments_while_full)
{
  PushedFrames stream (kFull);
  for (guint64 n = 0; n < kFramesUntilFull; ++n)
    fail_unless_equals_int (stream.push (n), GST_FLOW_OK);
  std::thread segment ([&] { stream.push_segment (); });
  g_usleep (50000);
  stream.push_event (gst_event_new_flush_start ());
  segment.join ();
  stream.push_event (gst_event_new_flush_stop (TRUE));
  fail_unless_equals_uint64 (stream.counts ().waiting, 0);

  PushedFrames overlapping ("batch-size=4 overlap=2 leaky-type=none");
  for (guint64 n = 0; n < 5; ++n)
    overlapping.push (n);
  overlapping.push_segment ();
  for (guint64 n = 5; n < 9; ++n)
    overlapping.push (n);
  fail_unless (overlapping.pull () == (std::vector<guint64>{0, 1, 2, 3}));
  fail_unless (overlapping.pull () == (std::vector<guint64>{2, 3, 4}));
  fail_unless (overlapping.pull () == (std::vector<guint64>{5, 6, 7, 8}));
}
GST_END_TEST

GST_START_TEST (test_flush_in_a_loop)
{
  PushedFrames stream ("batch-size=3 overlap=1 max-batches=1 leaky-type=none");
  std::atomic<bool> done = false;
  std::mutex stream_lock;  // no frame between the flush and the segment
  // A flush from another thread, as a seek is one.
  std::thread flusher ([&] {
    for (int i = 0; i < 300; ++i) {
      stream.push_event (gst_event_new_flush_start ());
      {
        std::lock_guard lock (stream_lock);
        stream.push_event (gst_event_new_flush_stop (TRUE));
        stream.push_segment ();
      }
      g_usleep (static_cast<gulong> (i % 7) * 300);
    }
    done = true;
  });
  guint64 unbalanced = 0;
  std::thread reader ([&] {
    while (!done) {
      stream.pull (GST_MSECOND);
      const SinkCounts now = stream.counts ();
      unbalanced += now.samples != now.delivered + now.dropped + now.waiting;
    }
  });
  for (guint64 n = 0; !done; ++n) {
    std::lock_guard lock (stream_lock);
    stream.push (n);
  }
  flusher.join ();
  reader.join ();
  fail_unless_equals_uint64 (unbalanced, 0);
  stream.push_event (gst_event_new_flush_start ());
  stream.push_event (gst_event_new_flush_stop (TRUE));
  const SinkCounts last = stream.counts ();
  fail_unless_equals_uint64 (last.waiting, 0);
  fail_unless (last.delivered > 0 && last.dropped > 0);
}
GST_END_TEST

GST_START_TEST (test_states_in_a_loop)
{
  static const char *const kOutlets[] = {"leaky-type=none max-batches=1",
                                         "leaky-type=none emit-signals=true", "location="};
  const TemporaryDirectory directory;
  std::string properties = std::string ("batch-size=3 overlap=1 ") + kOutlets[__i__];
  if (properties.ends_with ("="))
    properties += directory.path ().string ();
  WatchedPipeline pipeline (frames (100000), properties);
  std::atomic<bool> done = false;
  std::thread reader ([&] {
    while (!done)
      pipeline.pull (GST_MSECOND);
  });
  std::size_t told_before = 0;
  for (int i = 0; i < 40; ++i) {
    gst_element_set_state (pipeline.get (), i % 5 ? GST_STATE_PLAYING : GST_STATE_PAUSED);
    // Now and then until it has got somewhere.
    if (i % 10 == 7)
      pipeline.wait_until ([] (const SinkCounts &now) { return now.delivered > 0; });
    else
      g_usleep (static_cast<gulong> (i % 8) * 1500);
    if (i % 3 == 0)
      gst_element_set_state (pipeline.get (), GST_STATE_PAUSED);
    pipeline.stop ();
    const SinkCounts now = pipeline.counts ();
    fail_unless_equals_uint64 (now.waiting, 0);
    fail_unless_equals_uint64 (now.dropped, pipeline.told ().size () - told_before);
    told_before = pipeline.told ().size ();
  }
  done = true;
  reader.join ();
}
GST_END_TEST

GST_START_TEST (test_settings_of_the_next_run)
{
  WatchedPipeline pipeline (frames (20), "batch-size=3");
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  fail_unless_equals_uint64 (pipeline.counts ().batches, 7);
  pipeline.stop ();
  g_object_set (pipeline.sink (), "batch-size", 5, nullptr);
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  fail_unless_equals_uint64 (pipeline.counts ().batches, 4);
  fail_unless_equals_uint64 (pipeline.counts ().samples, 20);
}
GST_END_TEST

static Suite *shutdown_suite ()
{
  Suite *suite = suite_create ("shutdown");
  TCase *tcase = tcase_create ("shutdown");
  suite_add_tcase (suite, tcase);
  bound_checks (tcase, 10);
  tcase_add_test (tcase, test_stop_while_encoding);
  tcase_add_test (tcase, test_stop_while_pulled);
  tcase_add_test (tcase, test_stop_while_handled);
  tcase_add_test (tcase, test_stop_at_end_of_stream);
  tcase_add_test (tcase, test_pause_at_end_of_stream);
  tcase_add_test (tcase, test_end_of_stream_in_time);
  tcase_add_test (tcase, test_segments_while_full);
  tcase_add_test (tcase, test_flush_in_a_loop);
  tcase_add_loop_test (tcase, test_states_in_a_loop, 0, 3);
  tcase_add_test (tcase, test_settings_of_the_next_run);
  return suite;
}

GST_CHECK_MAIN (shutdown)
