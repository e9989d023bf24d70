/* SPDX-License-Identifier: LGPL-2.1-or-later */

// numprosink in pipelines.
//
// test_pull: numbers lost, doubled or with times other than their buffers', a partial batch lost.
// test_reference_time: UTC other than what upstream put on the buffers.
// test_signal: batches that the signal does not bring.
// test_leaky: batches that give way untold, or the wrong ones; counts that do not add up.
// test_stop_while_full: a stop that hangs while the stream waits for a reader.
// test_flush: samples from before a flush in a batch with those after it.
// test_bundles: batches that are not on disk at EOS; a restart that overwrites.
// test_refusals: bad settings and frames without numbers noticed late or untold.
// test_grid: sheets of the wrong size or number, samples in cells other than the ledger's.
// test_sheet_too_large: sheets that no JPEG holds found out when the first is made.
// test_history: a past that is forgotten, changed by what became of its batches, or another's.
// test_stream: ledgers that do not say which stream they are of, or mix two.
// test_balance: counts that do not add up at some instant.

#include <gst/check/gstharness.h>
#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "tests/support/sinkpipeline.h"
#include "tests/support/temporarydirectory.h"

namespace {

std::string source (int frames, const std::string &overlay = "")
{
  return "videotestsrc num-buffers=" + std::to_string (frames) +
         " ! video/x-raw,format=I420,width=64,height=48,framerate=30/1 ! numproverlay " + overlay;
}

void require_error (SinkPipeline &pipeline, const char *named)
{
  pipeline.wait_for (GST_MESSAGE_ERROR);
  const std::string &error = pipeline.errors ().front ();
  fail_unless (error.find (named) != std::string::npos, "%s", error.c_str ());
}

}  // namespace

GST_START_TEST (test_pull)
{
  SinkPipeline pipeline (source (75, "start=100"), "batch-size=32");
  pipeline.play ();
  guint64 next = 100;
  for (guint size : {32u, 32u, 11u}) {
    const Batch batch = pipeline.pull ();
    fail_unless (batch != nullptr);
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
    fail_unless_equals_int (gst_numpro_ledger_get_length (ledger), size);
    for (guint i = 0; i < size; ++i, ++next) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
      const GstClockTime time = gst_util_uint64_scale (next - 100, GST_SECOND, 30);
      fail_unless_equals_uint64 (sample->number, next);
      fail_unless_equals_uint64 (sample->pts, time);
      fail_unless_equals_uint64 (sample->stream_time, time);
      fail_unless_equals_uint64 (sample->running_time, time);
      fail_unless (sample->width == 64 && sample->height == 48);
      fail_unless (gst_numpro_batch_get_image (batch.get (), sample->image) != nullptr);
    }
  }
  fail_unless (pipeline.pull () == nullptr);
  pipeline.wait_for (GST_MESSAGE_EOS);
  const SinkCounts counts = pipeline.counts ();
  fail_unless (counts.balanced () && counts.delivered == 75 && counts.waiting == 0);
}
GST_END_TEST

GST_START_TEST (test_reference_time)
{
  constexpr GstClockTime kUtc = 1795360380 * GST_SECOND + 123456789;
  constexpr GstClockTime kNtp = kUtc + 2208988800 * GST_SECOND;
  for (const char *clock : {"timestamp/x-unix", "timestamp/x-ntp"}) {
    GstHarness *harness = gst_harness_new_parse ("numprosink name=sink batch-size=1");
    gst_harness_set_src_caps_str (harness,
                                  "video/x-raw,format=GRAY8,width=16,height=16,framerate=1/1");
    GstBuffer *buffer = gst_buffer_new_allocate (nullptr, 256, nullptr);
    GST_BUFFER_PTS (buffer) = 0;
    gst_buffer_add_numpro_meta (buffer, 5, 5, 0, GST_SECOND);
    GstCaps *caps = gst_caps_new_empty_simple (clock);
    gst_buffer_add_reference_timestamp_meta (
        buffer, caps, g_str_has_suffix (clock, "ntp") ? kNtp : kUtc, GST_CLOCK_TIME_NONE);
    gst_caps_unref (caps);
    fail_unless_equals_int (gst_harness_push (harness, buffer), GST_FLOW_OK);
    GstElement *sink = gst_bin_get_by_name (GST_BIN (harness->element), "sink");
    const Batch batch = pull_batch (sink, SinkPipeline::kPatience);
    fail_unless (batch != nullptr);
    const GstNumproSample *sample =
        gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch.get ()), 0);
    fail_unless_equals_uint64 (sample->utc, kUtc);
    fail_unless (g_str_equal (sample->utc_source, "reference-timestamp"));
    fail_unless_equals_uint64 (sample->duration, GST_SECOND);
    gst_object_unref (sink);
    gst_harness_teardown (harness);
  }
}
GST_END_TEST

static void count_numbers (GstElement *, GstNumproBatch *batch, std::atomic<int> *count)
{
  *count += static_cast<int> (numbers_of (batch).size ());
}

GST_START_TEST (test_signal)
{
  SinkPipeline pipeline (source (50), "batch-size=8 emit-signals=true");
  std::atomic<int> count = 0;
  g_signal_connect (pipeline.sink (), "new-batch", G_CALLBACK (count_numbers), &count);
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  fail_unless_equals_int (count, 50);
}
GST_END_TEST

GST_START_TEST (test_leaky)
{
  const bool upstream = __i__ == 0;
  // Slow enough for the encoder, so that it is batches that give way.
  SinkPipeline pipeline (source (60) + " ! identity sleep-time=6000",
                         std::string ("batch-size=10 max-batches=2 leaky-type=") +
                             (upstream ? "upstream" : "downstream"));
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  for (const std::string &reason : pipeline.reasons ())
    fail_unless_equals_string (reason.c_str (), "overrun");
  const SinkCounts before = pipeline.counts ();
  fail_unless (before.balanced ());
  fail_unless_equals_uint64 (before.samples, 60);
  fail_unless_equals_uint64 (before.dropped, pipeline.told ().size ());
  // Twenty, unless the machine was too busy for every sample to be encoded.
  fail_unless (before.waiting > 0 && before.waiting <= 20, "%d wait",
               static_cast<int> (before.waiting));
  guint64 last = 0, pulled = 0;
  while (const Batch batch = pipeline.pull ()) {
    const std::vector<guint64> numbers = numbers_of (batch.get ());
    if (pulled == 0)
      fail_unless (upstream ? numbers.front () == 0 : numbers.front () >= 20, "the first is %d",
                   static_cast<int> (numbers.front ()));
    pulled += numbers.size ();
    last = numbers.back ();
  }
  fail_unless_equals_uint64 (pulled, before.waiting);
  fail_unless (upstream ? last < 40 : last >= 40, "the last is %d", static_cast<int> (last));
  fail_unless_equals_uint64 (pipeline.counts ().delivered, pulled);
}
GST_END_TEST

GST_START_TEST (test_stop_while_full)
{
  for (int run = 0; run < 20; ++run) {
    SinkPipeline pipeline (source (100000), "batch-size=2 max-batches=1 leaky-type=none");
    pipeline.play ();
    g_usleep (static_cast<gulong> (run) * 2000);
    if (run % 2)
      fail_unless (pipeline.pull () != nullptr);
    gst_element_set_state (pipeline.get (), GST_STATE_PAUSED);
    pipeline.play ();
    gst_element_set_state (pipeline.get (), GST_STATE_NULL);
    const SinkCounts counts = pipeline.counts ();
    fail_unless (counts.balanced () && counts.waiting == 0);
  }
}
GST_END_TEST

GST_START_TEST (test_flush)
{
  SinkPipeline pipeline (source (100000, "numbering=time rate=30/1"),
                         "batch-size=7 max-batches=1 leaky-type=none");
  pipeline.play ();
  for (guint64 position : {10, 50, 20}) {
    const Batch before = pipeline.pull ();
    fail_unless (before != nullptr);
    fail_unless (gst_element_seek_simple (
        pipeline.get (), GST_FORMAT_TIME,
        static_cast<GstSeekFlags> (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE),
        static_cast<gint64> (position * GST_SECOND)));
    const Batch batch = pipeline.pull ();
    fail_unless (batch != nullptr);
    // Numbers go on.
    const std::vector<guint64> numbers = numbers_of (batch.get ());
    fail_unless_equals_int (numbers.size (), 7);
    fail_unless (numbers.front () > numbers_of (before.get ()).back ());
    fail_unless_equals_uint64 (numbers.back (), numbers.front () + 6);
    fail_unless_equals_uint64 (
        gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch.get ()), 0)->stream_time,
        position * GST_SECOND);
    fail_unless (pipeline.counts ().balanced ());
  }
}
GST_END_TEST

GST_START_TEST (test_bundles)
{
  const TemporaryDirectory directory;
  for (guint64 run = 0; run < 2; ++run) {
    SinkPipeline pipeline (source (25), "batch-size=10 location=" + directory.path ().string ());
    pipeline.play ();
    pipeline.wait_for (GST_MESSAGE_EOS);
    const SinkCounts counts = pipeline.counts ();
    fail_unless (counts.balanced () && counts.delivered == 25 && counts.waiting == 0);
    for (guint64 batch = 3 * run; batch < 3 * run + 3; ++batch) {
      const std::string ledger =
          directory.path ().string () + "/00000" + std::to_string (batch) + "/ledger.json";
      fail_unless (std::filesystem::exists (ledger), "%s", ledger.c_str ());
    }
  }
  SinkPipeline rotated (source (100),
                        "batch-size=10 max-bundles=2 location=" + directory.path ().string ());
  rotated.play ();
  rotated.wait_for (GST_MESSAGE_EOS);
  fail_unless (std::filesystem::exists (directory.path ().string () + "/000015"));
  fail_if (std::filesystem::exists (directory.path ().string () + "/000013"));
}
GST_END_TEST

GST_START_TEST (test_refusals)
{
  const struct {
    const char *properties, *named;
  } kSettings[] = {{"batch-size=0 batch-time=0", "batch-time"},
                   {"batch-size=4 overlap=4", "overlap"},
                   {"location=/dev/null/nowhere", "location"}};
  for (const auto &settings : kSettings) {
    SinkPipeline pipeline (source (5), settings.properties);
    fail_unless_equals_int (gst_element_set_state (pipeline.get (), GST_STATE_PAUSED),
                            GST_STATE_CHANGE_FAILURE);
    require_error (pipeline, settings.named);
  }

  SinkPipeline unnumbered ("videotestsrc num-buffers=5", "");
  unnumbered.play ();
  require_error (unnumbered, "numproverlay");
}
GST_END_TEST

GST_START_TEST (test_grid)
{
  SinkPipeline pipeline (source (20),
                         "batch-size=16 overlap=3 layout=grid grid-columns=3 "
                         "grid-rows=2 max-edge=32");
  pipeline.play ();
  guint64 number = 0;
  for (guint size : {16u, 7u}) {
    const Batch batch = pipeline.pull ();
    fail_unless (batch != nullptr);
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
    fail_unless_equals_int (gst_numpro_ledger_get_length (ledger), size);
    fail_unless_equals_int (gst_numpro_batch_get_n_images (batch.get ()), (size + 5) / 6);
    for (guint i = 0; i < size; ++i) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
      fail_unless_equals_uint64 (sample->number, number + i);
      fail_unless_equals_int (sample->cell, i % 6);
      fail_unless (sample->width == 32 && sample->height == 24);
      fail_unless_equals_string (sample->image,
                                 gst_numpro_batch_get_image_name (batch.get (), i / 6));
    }
    number += size - 3;
  }
  fail_unless (pipeline.pull () == nullptr);
}
GST_END_TEST

GST_START_TEST (test_sheet_too_large)
{
  SinkPipeline pipeline (
      "videotestsrc num-buffers=5 ! video/x-raw,width=1200,height=16 ! numproverlay",
      "layout=grid grid-columns=64 max-edge=0");
  pipeline.play ();
  require_error (pipeline, "grid-columns");
}
GST_END_TEST

static Batch pull_history (GstElement *sink, GstClockTime from, GstClockTime to)
{
  GstNumproBatch *batch = nullptr;
  g_signal_emit_by_name (sink, "pull-history", from, to, &batch);
  return Batch (batch);
}

GST_START_TEST (test_history)
{
  const char *layout = __i__ == 0 ? "frames" : "grid";
  SinkPipeline pipeline (
      source (90),
      std::string ("history=1000000000 batch-size=4 max-batches=100 layout=") + layout);
  fail_unless (pull_history (pipeline.sink (), 0, GST_SECOND) == nullptr);
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  const Batch batch = pull_history (pipeline.sink (), 5 * GST_SECOND / 2, 11 * GST_SECOND / 4);
  fail_unless (batch != nullptr);
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
  fail_unless_equals_int (gst_numpro_ledger_get_length (ledger), 8);
  for (guint i = 0; i < 8; ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    fail_unless_equals_uint64 (sample->number, 75 + i);
    fail_unless_equals_uint64 (sample->stream_time,
                               gst_util_uint64_scale (sample->number, GST_SECOND, 30));
    fail_unless_equals_int (sample->cell, GST_NUMPRO_NO_CELL);
    fail_unless (gst_numpro_batch_get_image (batch.get (), sample->image) != nullptr);
  }
  fail_unless (pull_history (pipeline.sink (), 0, GST_SECOND) == nullptr);
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  fail_unless (pull_history (pipeline.sink (), 0, 10 * GST_SECOND) == nullptr);
}
GST_END_TEST

GST_START_TEST (test_stream)
{
  GstHarness *harness = gst_harness_new_parse ("numprosink name=sink batch-size=10");
  gst_harness_set_src_caps_str (harness,
                                "video/x-raw,format=GRAY8,width=16,height=16,framerate=1/1");
  for (guint64 number = 0; number < 4; ++number) {
    if (number % 2 == 0)
      gst_harness_push_event (harness,
                              gst_event_new_stream_start (number == 0 ? "street" : "yard"));
    GstBuffer *buffer = gst_buffer_new_allocate (nullptr, 256, nullptr);
    GST_BUFFER_PTS (buffer) = number * GST_SECOND;
    gst_buffer_add_numpro_meta (buffer, number, number, number * GST_SECOND, GST_SECOND);
    fail_unless_equals_int (gst_harness_push (harness, buffer), GST_FLOW_OK);
  }
  gst_harness_push_event (harness, gst_event_new_eos ());
  GstElement *sink = gst_bin_get_by_name (GST_BIN (harness->element), "sink");
  for (const char *stream : {"street", "yard"}) {
    const Batch batch = pull_batch (sink, SinkPipeline::kPatience);
    fail_unless (batch != nullptr);
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
    fail_unless_equals_int (gst_numpro_ledger_get_length (ledger), 2);
    for (guint i = 0; i < 2; ++i)
      fail_unless_equals_string (gst_numpro_ledger_get_sample (ledger, i)->source, stream);
  }
  gst_object_unref (sink);
  gst_harness_teardown (harness);
}
GST_END_TEST

GST_START_TEST (test_balance)
{
  SinkPipeline pipeline (source (3000),
                         "batch-size=5 overlap=2 max-batches=2 leaky-type=downstream");
  std::atomic<bool> done = false;
  std::atomic<int> looks = 0, unbalanced = 0;
  std::thread watcher ([&] {
    while (!done) {
      unbalanced += !pipeline.counts ().balanced ();
      ++looks;
    }
  });
  std::thread reader ([&] {
    while (!done)
      pipeline.pull (GST_MSECOND);
  });
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  done = true;
  watcher.join ();
  reader.join ();
  fail_unless (looks > 100);
  fail_unless_equals_int (unbalanced, 0);
  fail_unless_equals_uint64 (pipeline.counts ().samples, 3000);
}
GST_END_TEST

static Suite *batches_suite ()
{
  Suite *suite = suite_create ("batches");
  TCase *tcase = tcase_create ("batches");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_pull);
  tcase_add_test (tcase, test_reference_time);
  tcase_add_test (tcase, test_signal);
  tcase_add_loop_test (tcase, test_leaky, 0, 2);
  tcase_add_test (tcase, test_stop_while_full);
  tcase_add_test (tcase, test_flush);
  tcase_add_test (tcase, test_bundles);
  tcase_add_test (tcase, test_refusals);
  tcase_add_test (tcase, test_grid);
  tcase_add_test (tcase, test_sheet_too_large);
  tcase_add_loop_test (tcase, test_history, 0, 2);
  tcase_add_test (tcase, test_stream);
  tcase_add_test (tcase, test_balance);
  return suite;
}

GST_CHECK_MAIN (batches)
