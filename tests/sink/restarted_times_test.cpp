/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Timestamps that start again in the middle of a stream, without a new segment or with a flush.
//
// test_fallback: numbers of before the restart again after it; a batch with frames of both; spans
// that
//   end before they begin.
// test_flush: the same after a reset and a seek, where numbers stood still for as long as the
// stream
//   had run.

#include <set>
#include <vector>

#include "tests/support/loopcheck.h"
#include "tests/support/sinkharness.h"

namespace {

constexpr GstClockTime s = GST_SECOND, ms = GST_MSECOND;
constexpr const char *kCaps = "video/x-raw,format=GRAY8,width=16,height=16,framerate=25/1";

// Frames of 25 a second, from one time to before another.
void push (SinkHarness &stream, GstClockTime from, GstClockTime to)
{
  for (GstClockTime pts = from; pts < to; pts += 40 * ms) {
    GstBuffer *buffer = gst_buffer_new_allocate (nullptr, 16 * 16, nullptr);
    gst_buffer_memset (buffer, 0, 128, 16 * 16);
    GST_BUFFER_PTS (buffer) = pts;
    stream.push (buffer);
  }
}

std::vector<Batch> batches_at_end (SinkHarness &stream)
{
  stream.push (gst_event_new_eos ());
  std::vector<Batch> batches;
  while (Batch batch = stream.pull ())
    batches.push_back (std::move (batch));
  return batches;
}

// No number comes twice, and no span ends before it begins.
void check (const std::vector<Batch> &batches)
{
  std::set<guint64> numbers;
  for (const Batch &batch : batches) {
    for (const guint64 number : numbers_of (batch.get ()))
      fail_unless_in_loop (numbers.insert (number).second, "%d comes twice",
                           static_cast<int> (number));
    const std::vector<guint64> all = numbers_of (batch.get ());
    GstNumproSpan *span = gst_numpro_span_new (gst_numpro_batch_get_ledger (batch.get ()),
                                               all.front (), all.back (), nullptr);
    fail_unless (span != nullptr && span->start < span->end);
    gst_numpro_span_free (span);
  }
}

GstClockTime stream_time (const Batch &batch, guint index)
{
  return gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch.get ()), index)
      ->stream_time;
}

}  // namespace

GST_START_TEST (test_fallback)
{
  for (const char *overlay : {"numbering=time rate=5", "every=5"}) {
    SinkHarness stream (overlay, "batch-size=0 batch-time=3600000000000");
    stream.open (kCaps);
    push (stream, 600 * s, 604 * s);
    push (stream, 0, 4 * s);
    push (stream, 1 * s, 5 * s);
    const std::vector<Batch> batches = batches_at_end (stream);
    fail_unless_equals_int (batches.size (), 3);
    check (batches);
    fail_unless_equals_uint64 (stream_time (batches[0], 0), 600 * s);
    fail_unless (stream_time (batches[1], 0) <= 200 * ms);
    fail_unless (stream_time (batches[2], 0) <= 1200 * ms);
    for (const Batch &batch : batches)
      fail_unless (numbers_of (batch.get ()).size () >= 19, "%s: %d samples in 4 s", overlay,
                   static_cast<int> (numbers_of (batch.get ()).size ()));
  }
}
GST_END_TEST

GST_START_TEST (test_flush)
{
  SinkHarness stream ("numbering=time rate=5", "batch-size=5");
  stream.open (kCaps);
  push (stream, 5000 * s, 5001 * s);
  g_signal_emit_by_name (stream.overlay (), "reset");
  push (stream, 5001 * s, 5002 * s);
  fail_unless (numbers_of (stream.pull ().get ()) ==
               std::vector<guint64> ({25000, 25001, 25002, 25003, 25004}));
  fail_unless (numbers_of (stream.pull ().get ()) == std::vector<guint64> ({0, 1, 2, 3, 4}));
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  stream.push (gst_event_new_flush_start ());
  stream.push (gst_event_new_flush_stop (TRUE));
  stream.push (gst_event_new_segment (&segment));
  push (stream, 0, 2 * s);
  const std::vector<Batch> batches = batches_at_end (stream);
  check (batches);
  fail_unless_equals_int (batches.size (), 2);
  fail_unless (numbers_of (batches[0].get ()) == std::vector<guint64> ({5, 6, 7, 8, 9}));
  fail_unless (numbers_of (batches[1].get ()) == std::vector<guint64> ({10, 11, 12, 13, 14}));
  fail_unless_equals_uint64 (stream_time (batches[0], 0), 0);
}
GST_END_TEST

static Suite *restarted_times_suite ()
{
  Suite *suite = suite_create ("restarted_times");
  TCase *tcase = tcase_create ("restarted_times");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_fallback);
  tcase_add_test (tcase, test_flush);
  return suite;
}

GST_CHECK_MAIN (restarted_times)
