/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Batches of a source that jitters by up to two fifths of a frame, with as many samples as frames.
//
// test_one_each: frames that are no samples, and numbers that are in no batch; numbers that end
//   before they begin, or holes where there are none.

#include <vector>

#include "tests/support/dice.h"
#include "tests/support/loopcheck.h"
#include "tests/support/sinkharness.h"

namespace {

constexpr GstClockTime ms = GST_MSECOND;
constexpr const char *kCaps = "video/x-raw,format=GRAY8,width=16,height=16,framerate=25/1";

void push_frame (SinkHarness &stream, GstClockTime pts)
{
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, 16 * 16, nullptr);
  gst_buffer_memset (buffer, 0, 128, 16 * 16);
  GST_BUFFER_PTS (buffer) = pts;
  stream.push (buffer);
}

// Every number lasts until the next one, and the last one about as long as a frame.
void check_times (GstNumproLedger *ledger, const std::vector<GstClockTime> &times)
{
  for (guint i = 0; i < times.size (); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    fail_unless_equals_uint64 (sample->pts, times[i]);
    fail_unless_equals_uint64 (sample->gap_before, 0);
    const bool is_last = i + 1 == times.size ();
    fail_unless_in_loop (is_last || sample->duration == times[i + 1] - times[i], "number %d",
                         static_cast<int> (i));
    fail_unless_in_loop (!is_last || (sample->duration > 0 && sample->duration <= 41 * ms),
                         "%.3f s", static_cast<double> (sample->duration) / GST_SECOND);
  }
}

}  // namespace

GST_START_TEST (test_one_each)
{
  const struct {
    const char *overlay, *sink;
  } kCases[] = {
      {"numbering=time rate=25", "batch-size=0 batch-time=3600000000000"},
      {"", "batch-size=0 batch-time=3600000000000 sample-rate=25"},
      {"numbering=time rate=25", "batch-size=0 batch-time=3600000000000 sample-rate=25"},
  };
  const auto &c = kCases[__i__ % G_N_ELEMENTS (kCases)];
  Dice dice (static_cast<guint> (__i__));
  SinkHarness stream (c.overlay, c.sink);
  stream.open (kCaps);
  std::vector<GstClockTime> times;
  const GstClockTime phase = 2 * GST_SECOND + dice.roll (40 * ms);
  for (int frame = 0; frame < 500; ++frame) {
    times.push_back (phase + frame * 40 * ms + dice.roll (32 * ms) - 16 * ms);
    push_frame (stream, times.back ());
  }
  stream.push (gst_event_new_eos ());
  const Batch batch = stream.pull ();
  fail_unless (batch != nullptr);
  const std::vector<guint64> numbers = numbers_of (batch.get ());
  fail_unless_equals_uint64 (numbers.size (), times.size ());
  for (guint64 i = 0; i < numbers.size (); ++i)
    fail_unless_equals_uint64 (numbers[i], numbers[0] + i);
  check_times (gst_numpro_batch_get_ledger (batch.get ()), times);
  fail_unless (stream.pull () == nullptr);
}
GST_END_TEST

static Suite *jittered_batches_suite ()
{
  Suite *suite = suite_create ("jittered_batches");
  TCase *tcase = tcase_create ("jittered_batches");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_one_each, 0, 60);
  return suite;
}

GST_CHECK_MAIN (jittered_batches)
