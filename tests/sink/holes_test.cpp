/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A hole in the stream belongs to no number.
//
// test_away: a camera that was away makes the number before it last until it is back; batches with
//   scenes from before and after.
// test_small_hole: a hole that no ledger tells of; a number that lasts through it.
// test_count: the same where every frame is a number, with and without a frame rate.
// test_max_gap: holes that do not part batches as they are asked to.
// test_skipped: slots of numbers that were never shown, given to the number before.
// test_no_hole: jitter, lost frames and slow streams taken for holes; ends earlier than the next
//   number.
// test_slower: a stream that becomes slower, or was promised to be faster, taken for holes.
// test_slower_batches: a stream that becomes slower for good, parted again and again; holes that
//   are taken for another rate.
// test_slower_numbers: the same of numbers that last for several frames, or by time.
// test_no_rate: frame rates and durations that are none, taken at their word.
// test_stray: a frame from hours ahead that moves others, or takes the history with it.
// test_history: pull-history of a time when nothing was to be seen.
// test_rhythm: an interval that a hole throws off, or that does not follow the stream.

#include <vector>

#include "plugin/sink/sampling/framerhythm.h"
#include "tests/support/loopcheck.h"
#include "tests/support/sinkharness.h"

namespace {

constexpr GstClockTime s = GST_SECOND, ms = GST_MSECOND;
constexpr const char *kCaps = "video/x-raw,format=GRAY8,width=16,height=16,framerate=25/1";
constexpr const char *kCapsWithoutRate = "video/x-raw,format=GRAY8,width=16,height=16";

Buffer frame_at (GstClockTime pts)
{
  Buffer buffer (gst_buffer_new_allocate (nullptr, 16 * 16, nullptr));
  gst_buffer_memset (buffer.get (), 0, 128, 16 * 16);
  GST_BUFFER_PTS (buffer.get ()) = pts;
  return buffer;
}

// Frames of 25 a second, from one time to before another.
void push (SinkHarness &stream, GstClockTime from, GstClockTime to)
{
  for (GstClockTime pts = from; pts < to; pts += 40 * ms)
    stream.push (frame_at (pts).release ());
}

void push (SinkHarness &stream, const std::vector<GstClockTime> &times)
{
  for (const GstClockTime pts : times)
    stream.push (frame_at (pts).release ());
}

std::vector<Batch> batches_at_end (SinkHarness &stream)
{
  stream.push (gst_event_new_eos ());
  std::vector<Batch> batches;
  while (Batch batch = stream.pull ())
    batches.push_back (std::move (batch));
  return batches;
}

const GstNumproSample &sample_of (const Batch &batch, guint index)
{
  const GstNumproSample *sample =
      gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch.get ()), index);
  fail_unless (sample != nullptr);
  return *sample;
}

struct Stretch {
  GstClockTime start, end;
  bool operator== (const Stretch &) const = default;
};

Stretch stretch_of (const Batch &batch, guint64 first, guint64 last)
{
  GstNumproSpan *span =
      gst_numpro_span_new (gst_numpro_batch_get_ledger (batch.get ()), first, last, nullptr);
  fail_unless (span != nullptr, "no span");
  const Stretch stretch{span->start, span->end};
  gst_numpro_span_free (span);
  return stretch;
}

void fail_unless_stretch (const Batch &batch, guint64 first, guint64 last, Stretch due)
{
  const Stretch stretch = stretch_of (batch, first, last);
  fail_unless_in_loop (stretch == due, "from %d to %d is %.3f to %.3f s instead of %.3f to %.3f s",
                       static_cast<int> (first), static_cast<int> (last),
                       static_cast<double> (stretch.start) / s,
                       static_cast<double> (stretch.end) / s, static_cast<double> (due.start) / s,
                       static_cast<double> (due.end) / s);
}

using Numbers = std::vector<guint64>;

}  // namespace

GST_START_TEST (test_away)
{
  SinkHarness stream ("numbering=time", "");
  stream.open (kCaps);
  push (stream, 0, 2200 * ms);
  push (stream, 600 * s, 603 * s);
  const std::vector<Batch> batches = batches_at_end (stream);
  fail_unless_equals_int (batches.size (), 2);
  fail_unless (numbers_of (batches[0].get ()) == Numbers ({0, 1, 2}));
  fail_unless (numbers_of (batches[1].get ()) == Numbers ({600, 601, 602}));
  fail_unless_stretch (batches[0], 1, 2, {1 * s, 3 * s});
  fail_unless_stretch (batches[1], 600, 601, {600 * s, 602 * s});
  fail_unless_equals_uint64 (sample_of (batches[1], 0).gap_before, 0);
}
GST_END_TEST

GST_START_TEST (test_small_hole)
{
  SinkHarness stream ("numbering=time", "");
  stream.open (kCaps);
  push (stream, 0, 1200 * ms);
  push (stream, 4520 * ms, 6 * s);
  const std::vector<Batch> batches = batches_at_end (stream);
  fail_unless_equals_int (batches.size (), 1);
  fail_unless (numbers_of (batches[0].get ()) == Numbers ({0, 1, 4, 5}));
  const Numbers gaps = {0, 0, 2520 * ms, 0}, durations = {1 * s, 1 * s, 480 * ms, 1 * s};
  for (guint i = 0; i < 4; ++i) {
    fail_unless_equals_uint64 (sample_of (batches[0], i).gap_before, gaps[i]);
    fail_unless_equals_uint64 (sample_of (batches[0], i).duration, durations[i]);
  }
  fail_unless_stretch (batches[0], 0, 1, {0, 2 * s});
  fail_unless_stretch (batches[0], 1, 4, {1 * s, 5 * s});
  fail_unless_stretch (batches[0], 4, 4, {4520 * ms, 5 * s});
}
GST_END_TEST

GST_START_TEST (test_count)
{
  for (const char *caps : {kCaps, kCapsWithoutRate}) {
    SinkHarness stream ("", "");
    stream.open (caps);
    // A hole of 160 ms, and one of a minute.
    push (stream, 0, 400 * ms);
    push (stream, 560 * ms, 960 * ms);
    push (stream, 60 * s, 61 * s);
    const std::vector<Batch> batches = batches_at_end (stream);
    fail_unless_equals_int (batches.size (), 2);
    fail_unless_equals_int (numbers_of (batches[0].get ()).size (), 20);
    fail_unless_equals_int (numbers_of (batches[1].get ()).front (), 20);
    fail_unless_stretch (batches[0], 3, 9, {120 * ms, 400 * ms});
    fail_unless_stretch (batches[0], 9, 10, {360 * ms, 600 * ms});
    fail_unless_stretch (batches[0], 18, 19, {880 * ms, 960 * ms});
    fail_unless_equals_uint64 (sample_of (batches[0], 10).gap_before, 160 * ms);
    fail_unless_equals_uint64 (sample_of (batches[0], 11).gap_before, 0);
  }
}
GST_END_TEST

GST_START_TEST (test_max_gap)
{
  const struct {
    const char *numbering, *max_gap;
    std::size_t batches;
  } kCases[] = {
      // Five seconds by default, where there is a number a second
      {"numbering=time", "", 2},
      {"numbering=time rate=1/2", "", 1},
      {"numbering=time", "max-gap=0", 1},
      {"numbering=time", "max-gap=5999999999", 2},
      {"numbering=time", "max-gap=6000000000", 1},
      {"numbering=time", "sample-rate=1/2", 1},
      {"", "max-gap=0 batch-size=0 batch-time=3600000000000", 1},
      {"", "max-gap=6200000000 batch-size=0 batch-time=3600000000000", 1},
      {"", "max-gap=6199999999 batch-size=0 batch-time=3600000000000", 2},
      {"every=25", "", 2},
      {"every=50", "", 1},
  };
  for (const auto &c : kCases) {
    SinkHarness stream (c.numbering, c.max_gap);
    stream.open (kCaps);
    // Number 3 ends at 4 s by time.
    push (stream, 0, 3800 * ms);
    push (stream, 10 * s, 12 * s);
    const std::vector<Batch> batches = batches_at_end (stream);
    fail_unless_in_loop (batches.size () == c.batches, "%s %s: %d batches", c.numbering, c.max_gap,
                         static_cast<int> (batches.size ()));
  }
}
GST_END_TEST

GST_START_TEST (test_skipped)
{
  // Five frames a second, and ten numbers: every other one is never shown.
  SinkHarness stream ("numbering=time rate=10", "");
  stream.open ("video/x-raw,format=GRAY8,width=16,height=16,framerate=5/1");
  push (stream, {0, 200 * ms, 400 * ms, 600 * ms});
  const std::vector<Batch> batches = batches_at_end (stream);
  fail_unless_equals_int (batches.size (), 1);
  fail_unless (numbers_of (batches[0].get ()) == Numbers ({0, 2, 4, 6}));
  fail_unless_stretch (batches[0], 2, 4, {200 * ms, 500 * ms});
  fail_unless_equals_uint64 (sample_of (batches[0], 2).gap_before, 0);
}
GST_END_TEST

GST_START_TEST (test_no_hole)
{
  const struct {
    const char *caps;
    std::vector<GstClockTime> times;
  } kCases[] = {
      // Up to two fifths of a frame too early or too late
      {kCaps, {0, 56 * ms, 64 * ms, 136 * ms, 144 * ms, 216 * ms, 224 * ms}},
      // One frame lost
      {kCaps, {0, 40 * ms, 120 * ms, 160 * ms, 200 * ms, 280 * ms, 320 * ms}},
      // Fewer frames than are promised, and a rate that nobody promises
      {kCaps, {0, 100 * ms, 200 * ms, 300 * ms, 400 * ms, 500 * ms, 600 * ms}},
      {kCapsWithoutRate, {0, 700 * ms, 1400 * ms, 2100 * ms, 2800 * ms, 3500 * ms, 4200 * ms}},
  };
  for (const auto &c : kCases) {
    SinkHarness stream ("", "");
    stream.open (c.caps);
    push (stream, c.times);
    const std::vector<Batch> batches = batches_at_end (stream);
    fail_unless_equals_int (batches.size (), 1);
    for (guint i = 0; i + 1 < c.times.size (); ++i) {
      fail_unless_equals_uint64 (sample_of (batches[0], i + 1).gap_before, 0);
      fail_unless_stretch (batches[0], i, i, {c.times[i], c.times[i + 1]});
    }
  }
}
GST_END_TEST

GST_START_TEST (test_slower)
{
  const struct {
    GstClockTime fast;  // until a second has passed
    GstClockTime slow;
  } kCases[] = {{40 * ms, 160 * ms}, {40 * ms, 600 * ms}, {600 * ms, 600 * ms}};
  for (const auto &[fast, slow] : kCases) {
    SinkHarness stream ("", "max-gap=0 batch-size=0 batch-time=3600000000000");
    stream.open (kCaps);
    std::vector<GstClockTime> times;
    for (GstClockTime time = 0; time < 6 * s; time += time < 1 * s ? fast : slow)
      times.push_back (time);
    push (stream, times);
    const std::vector<Batch> batches = batches_at_end (stream);
    fail_unless_equals_int (batches.size (), 1);
    for (guint i = 0; i + 1 < times.size (); ++i) {
      fail_unless_in_loop (sample_of (batches[0], i + 1).gap_before == 0,
                           "%d ms, then %d ms: a hole before %d", static_cast<int> (fast / ms),
                           static_cast<int> (slow / ms), static_cast<int> (i + 1));
      fail_unless_stretch (batches[0], i, i, {times[i], times[i + 1]});
    }
  }
}
GST_END_TEST

GST_START_TEST (test_slower_batches)
{
  const struct {
    std::vector<GstClockTime> intervals;  // between frames, after ten of 40 ms
    std::vector<std::size_t> sizes;       // of the batches
  } kCases[] = {
      {{280 * ms, 280 * ms, 280 * ms, 280 * ms, 280 * ms}, {10, 5}},
      {{333 * ms, 333 * ms, 333 * ms, 333 * ms, 333 * ms}, {10, 5}},
      {{5 * s, 4 * s, 6 * s, 5 * s, 5 * s, 4 * s}, {10, 6}},
      // And fast again
      {{333 * ms, 333 * ms, 333 * ms, 333 * ms, 40 * ms, 40 * ms, 40 * ms}, {10, 7}},
      // A hole with frames on both sides is one, and so is a second, whose length is another.
      {{333 * ms, 40 * ms, 333 * ms, 40 * ms}, {10, 2, 2}},
      {{600 * s, 10 * s, 40 * ms}, {10, 1, 2}},
      {{10 * s, 600 * s, 40 * ms}, {10, 1, 2}},
  };
  for (const auto &c : kCases) {
    SinkHarness stream ("", "batch-size=0 batch-time=3600000000000");
    stream.open (kCaps);
    GstClockTime time = 360 * ms;
    push (stream, 0, 400 * ms);
    for (const GstClockTime interval : c.intervals)
      push (stream, std::vector<GstClockTime>{time += interval});
    std::vector<std::size_t> sizes;
    for (const Batch &batch : batches_at_end (stream))
      sizes.push_back (numbers_of (batch.get ()).size ());
    std::string text;
    for (const std::size_t size : sizes)
      text += " " + std::to_string (size);
    fail_unless_in_loop (sizes == c.sizes, "batches of%s samples after %d ms", text.c_str (),
                         static_cast<int> (c.intervals.front () / ms));
  }
}
GST_END_TEST

GST_START_TEST (test_slower_numbers)
{
  // 25 frames a second, then one in ten seconds, where a number lasts a second, or was to.
  for (const char *numbers : {"numbering=time", "every=25"}) {
    SinkHarness stream (numbers, "batch-size=0 batch-time=3600000000000");
    stream.open (kCaps);
    push (stream, 0, 4 * s);
    for (GstClockTime pts = 14 * s; pts < 1014 * s; pts += 10 * s)
      push (stream, std::vector<GstClockTime>{pts});
    const std::size_t batches = batches_at_end (stream).size ();
    fail_unless_in_loop (batches == 2, "%s: %d batches", numbers, static_cast<int> (batches));
  }
}
GST_END_TEST

GST_START_TEST (test_no_rate)
{
  // What avdec_h264 says of a recording whose frames come when they like.
  constexpr const char *kRates[] = {"1000000000/1", "0/1"};
  for (const char *rate : kRates) {
    SinkHarness stream ("", "");
    stream.open (
        (std::string ("video/x-raw,format=GRAY8,width=16,height=16,framerate=") + rate).c_str ());
    for (GstClockTime pts = 0; pts < 400 * ms; pts += 40 * ms) {
      Buffer buffer = frame_at (pts);
      GST_BUFFER_DURATION (buffer.get ()) = 1;
      stream.push (buffer.release ());
    }
    const std::vector<Batch> batches = batches_at_end (stream);
    fail_unless_equals_int (batches.size (), 1);
    fail_unless_stretch (batches[0], 0, 0, {0, 40 * ms});
    fail_unless_stretch (batches[0], 9, 9, {360 * ms, 400 * ms});
    fail_unless_equals_uint64 (sample_of (batches[0], 1).gap_before, 0);
  }
}
GST_END_TEST

GST_START_TEST (test_stray)
{
  for (const char *numbering : {"", "numbering=time rate=25"}) {
    SinkHarness stream (numbering, "");
    stream.open (kCaps);
    push (stream, 0, 400 * ms);
    push (stream, std::vector<GstClockTime>{7200 * s});
    push (stream, 400 * ms, 800 * ms);
    const std::vector<Batch> batches = batches_at_end (stream);
    fail_unless_equals_int (batches.size (), 3);
    fail_unless_stretch (batches[0], 0, 9, {0, 400 * ms});
    const Numbers after = numbers_of (batches[2].get ());
    fail_unless_equals_int (after.size (), 10);
    fail_unless_stretch (batches[2], after.front (), after.back (), {400 * ms, 800 * ms});

    GstNumproBatch *past = nullptr;
    g_signal_emit_by_name (stream.sink (), "pull-history", guint64{200 * ms}, guint64{300 * ms},
                           &past);
    const Batch owned (past);
    fail_unless (past != nullptr, "the history went with the frame that strayed");
    fail_unless_equals_uint64 (sample_of (owned, 0).stream_time, 200 * ms);
  }
}
GST_END_TEST

GST_START_TEST (test_history)
{
  SinkHarness stream ("numbering=time", "");
  stream.open (kCaps);
  push (stream, 0, 1800 * ms);
  push (stream, 5 * s, 7 * s);
  batches_at_end (stream);
  const struct {
    GstClockTime from, to;
    Numbers numbers;
  } kCases[] = {
      {2 * s, 5 * s, {}},
      {2100 * ms, 2200 * ms, {}},
      {1900 * ms, 2100 * ms, {1}},
      {0, 2 * s, {0, 1}},
      {3 * s, 6 * s, {5}},
      {500 * ms, 5500 * ms, {0, 1, 5}},
      {6900 * ms, 9 * s, {6}},
      {7 * s, 9 * s, {}},
      {0, 1, {0}},
      {1 * s - 1, 1 * s + 1, {0, 1}},
  };
  for (const auto &c : kCases) {
    GstNumproBatch *batch = nullptr;
    g_signal_emit_by_name (stream.sink (), "pull-history", c.from, c.to, &batch);
    const Batch owned (batch);
    fail_unless_in_loop ((batch ? numbers_of (batch) : Numbers ()) == c.numbers,
                         "from %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT, GST_TIME_ARGS (c.from),
                         GST_TIME_ARGS (c.to));
  }
}
GST_END_TEST

GST_START_TEST (test_rhythm)
{
  numpro::FrameRhythm rhythm;
  fail_if (GST_CLOCK_TIME_IS_VALID (rhythm.interval ()));
  GstClockTime time = 0;
  const auto note = [&] (GstClockTime interval, int count) {
    for (int i = 0; i < count; ++i)
      rhythm.note (time += interval);
  };
  note (40 * ms, 20);
  fail_unless_equals_uint64 (rhythm.interval (), 40 * ms);
  // An hour's hole, and frames out of order
  note (3600 * s, 1);
  rhythm.note (time - 3 * s);
  rhythm.note (time);
  fail_unless_equals_uint64 (rhythm.interval (), 40 * ms);
  // Six times slower, and back
  note (240 * ms, 5);
  fail_unless_equals_uint64 (rhythm.interval (), 240 * ms);
  note (40 * ms, 3);
  fail_unless_equals_uint64 (rhythm.interval (), 40 * ms);
  // What comes is another stretch of time.
  rhythm.reset ();
  note (100 * s, 1);
  note (60 * ms, 2);
  fail_unless_equals_uint64 (rhythm.interval (), 40 * ms);

  // Much slower is followed with the second interval that is like the first, and no other.
  note (40 * ms, 5);
  note (600 * s, 1);
  note (10 * s, 1);
  fail_unless_equals_uint64 (rhythm.interval (), 40 * ms);
  note (40 * ms, 5);
  note (300 * ms, 1);
  fail_unless_equals_uint64 (rhythm.interval (), 40 * ms);
  note (240 * ms, 1);
  fail_unless_equals_uint64 (rhythm.interval (), 240 * ms);
  note (40 * ms, 1);
  fail_unless_equals_uint64 (rhythm.interval (), 40 * ms);

  // What is expected holds until there are enough.
  numpro::FrameRhythm promised (20 * ms);
  for (GstClockTime frame = 0; frame < 4; ++frame) {
    fail_unless_equals_uint64 (promised.interval (), 20 * ms);
    promised.note (frame * 30 * ms);
  }
  fail_unless_equals_uint64 (promised.interval (), 30 * ms);
}
GST_END_TEST

static Suite *holes_suite ()
{
  Suite *suite = suite_create ("holes");
  TCase *tcase = tcase_create ("holes");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_away);
  tcase_add_test (tcase, test_small_hole);
  tcase_add_test (tcase, test_count);
  tcase_add_test (tcase, test_max_gap);
  tcase_add_test (tcase, test_skipped);
  tcase_add_test (tcase, test_no_hole);
  tcase_add_test (tcase, test_slower);
  tcase_add_test (tcase, test_slower_batches);
  tcase_add_test (tcase, test_slower_numbers);
  tcase_add_test (tcase, test_no_rate);
  tcase_add_test (tcase, test_stray);
  tcase_add_test (tcase, test_history);
  tcase_add_test (tcase, test_rhythm);
  return suite;
}

GST_CHECK_MAIN (holes)
