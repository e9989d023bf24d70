/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Streams that are played faster, slower or backwards, and their ends.
//
// test_rates: durations in running time; spans that end before they start; UTC times that are not
// as
//   far apart as stream times.
// test_history: pull-history that gives other frames than were to be seen.
// test_end: a last number that lasts longer than the stream.
// test_full: the last number of a full batch that lasts until later than the next sample.

#include <string>
#include <vector>

#include "tests/support/loopcheck.h"
#include "tests/support/pipeline.h"
#include "tests/support/sinkbatch.h"

namespace {

constexpr GstClockTime s = GST_SECOND, ms = GST_MSECOND;
constexpr GstClockTime kFrame = 100 * ms;

// Ten frames a second of stream, played at a rate from 2 s to 12 s. Numbers are counted by running
// time.
class PlayedStream
{
 public:
  PlayedStream (double rate, int numbers_per_second)
      : pipeline_ (
            "videotestsrc ! video/x-raw,format=GRAY8,width=16,height=16,framerate=10/1 ! "
            "numproverlay numbering=time rate=" +
            std::to_string (numbers_per_second) +
            " ! numprosink name=sink batch-size=0 batch-time=3600000000000"),
        sink_ (pipeline_.child ("sink"))
  {
    pipeline_.reach (GST_STATE_PAUSED);
    fail_unless (
        gst_element_seek (pipeline_.get (), rate, GST_FORMAT_TIME,
                          static_cast<GstSeekFlags> (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE),
                          GST_SEEK_TYPE_SET, 2 * s, GST_SEEK_TYPE_SET, 12 * s));
    pipeline_.run ();
    batch_ = pull_batch (sink_.get (), 10 * s);
    fail_unless (batch_ != nullptr, "no batch");
  }

  GstElement *sink () const { return sink_.get (); }
  GstNumproLedger *ledger () const { return gst_numpro_batch_get_ledger (batch_.get ()); }
  guint length () const { return gst_numpro_ledger_get_length (ledger ()); }
  const GstNumproSample &sample (guint i) const
  {
    return *gst_numpro_ledger_get_sample (ledger (), i);
  }

 private:
  Pipeline pipeline_;
  Element sink_;
  Batch batch_;
};

GstNumproSpan span_of (GstNumproLedger *ledger, guint64 first, guint64 last)
{
  GError *error = nullptr;
  GstNumproSpan *span = gst_numpro_span_new (ledger, first, last, &error);
  fail_unless (span != nullptr, "%s", error ? error->message : "");
  const GstNumproSpan copy = *span;
  gst_numpro_span_free (span);
  return copy;
}

struct Rate {
  double rate;
  int numbers_per_second;
  GstClockTime slot;  // in stream time
};

// A number a second of stream each.
constexpr Rate kRates[] = {{1, 1, s},     {2, 2, s},  {0.5, 1, 500 * ms},
                           {4, 1, 4 * s}, {-1, 1, s}, {-2, 1, 2 * s}};

}  // namespace

GST_START_TEST (test_rates)
{
  const auto &[rate, numbers_per_second, slot] = kRates[__i__];
  const PlayedStream stream (rate, numbers_per_second);
  const guint count = static_cast<guint> ((10 * s + slot - 1) / slot);
  fail_unless_equals_int (stream.length (), count);
  GstClockTime together = 0;
  for (guint i = 0; i < count; ++i) {
    const GstNumproSample &sample = stream.sample (i);
    fail_unless_equals_uint64 (sample.number, i);
    fail_unless_equals_uint64 (sample.gap_before, 0);
    fail_unless_in_loop (sample.duration <= slot + kFrame, "number %d lasts %.2f s",
                         static_cast<int> (i), static_cast<double> (sample.duration) / s);
    together += sample.duration;

    const GstNumproSpan span = span_of (stream.ledger (), i, i);
    fail_unless_equals_uint64 (span.end - span.start, sample.duration);
    fail_unless_equals_uint64 (span.utc_end - span.utc_start, span.end - span.start);
    fail_unless (span.start < span.end && span.end <= 12 * s + kFrame);
    // The sample is at the end that was shown first.
    fail_unless_equals_uint64 (rate < 0 ? span.end : span.start, sample.stream_time);
  }
  // Of what was played nothing is left out, and nothing counts twice.
  const GstNumproSpan all = span_of (stream.ledger (), 0, count - 1);
  fail_unless_equals_uint64 (all.end - all.start, together);
  fail_unless (together == 10 * s, "%.2f s are numbered", static_cast<double> (together) / s);
}
GST_END_TEST

GST_START_TEST (test_history)
{
  const auto &[rate, numbers_per_second, slot] = kRates[__i__];
  const PlayedStream stream (rate, numbers_per_second);
  for (GstClockTime from = 2 * s; from < 11 * s; from += 700 * ms) {
    const GstClockTime to = from + 1 * s;
    GstNumproBatch *past = nullptr;
    g_signal_emit_by_name (stream.sink (), "pull-history", from, to, &past);
    const Batch owned (past);
    fail_unless (past != nullptr);
    std::vector<guint64> due;
    for (guint i = 0; i < stream.length (); ++i) {
      const GstNumproSpan span = span_of (stream.ledger (), i, i);
      if (span.start < to && span.end > from)
        due.push_back (i);
    }
    fail_unless_in_loop (
        numbers_of (past) == due, "rate %.1f, from %.1f s: %d frames instead of %d", rate,
        static_cast<double> (from) / s, static_cast<int> (numbers_of (past).size ()),
        static_cast<int> (due.size ()));
  }
}
GST_END_TEST

GST_START_TEST (test_end)
{
  const struct {
    const char *source, *numbering, *sink;
    GstClockTime end;  // of the last number
  } kCases[] = {
      {"num-buffers=95", "numbering=time", "", 9500 * ms},
      {"num-buffers=95", "numbering=time", "layout=grid", 9500 * ms},
      {"num-buffers=95", "numbering=time rate=1/4", "", 9500 * ms},
      {"num-buffers=95", "", "sample-rate=1", 9500 * ms},
      {"num-buffers=95", "every=10", "", 9500 * ms},
      {"num-buffers=100", "numbering=time", "", 10 * s},
      {"num-buffers=95", "", "batch-size=50", 9500 * ms},
  };
  for (const auto &c : kCases) {
    Pipeline pipeline (std::string ("videotestsrc ") + c.source +
                       " ! video/x-raw,format=GRAY8,width=32,height=32,framerate=10/1 ! "
                       "numproverlay " +
                       c.numbering + " ! numprosink name=sink " + c.sink);
    pipeline.run ();
    const Element sink = pipeline.child ("sink");
    Batch last;
    while (Batch batch = pull_batch (sink.get (), 10 * s))
      last = std::move (batch);
    fail_unless (last != nullptr);
    const guint64 number = numbers_of (last.get ()).back ();
    const GstNumproSpan span = span_of (gst_numpro_batch_get_ledger (last.get ()), number, number);
    fail_unless_in_loop (span.end == c.end, "%s %s: the last number ends at %.2f s", c.numbering,
                         c.sink, static_cast<double> (span.end) / s);
    GstNumproBatch *past = nullptr;
    g_signal_emit_by_name (sink.get (), "pull-history", guint64{9 * s}, guint64{20 * s}, &past);
    const Batch owned (past);
    fail_unless (past != nullptr);
    const guint64 latest = numbers_of (past).back ();
    fail_unless_equals_uint64 (span_of (gst_numpro_batch_get_ledger (past), latest, latest).end,
                               c.end);
  }
}
GST_END_TEST

GST_START_TEST (test_full)
{
  for (const char *rate : {"30/1", "30000/1001", "25/1", "500/1"}) {
    Pipeline pipeline (std::string ("videotestsrc num-buffers=2500 ! "
                                    "video/x-raw,format=GRAY8,width=16,height=16,framerate=") +
                       rate + " ! numproverlay ! numprosink name=sink sample-rate=2 batch-size=1");
    const Element sink = pipeline.child ("sink");
    pipeline.reach (GST_STATE_PAUSED);
    gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
    Batch last = pull_batch (sink.get (), 10 * s);
    for (int i = 0; i < 4; ++i) {
      Batch next = pull_batch (sink.get (), 10 * s);
      fail_unless (last != nullptr && next != nullptr);
      const GstClockTime begin =
          gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (next.get ()), 0)->stream_time;
      const guint64 number = numbers_of (last.get ()).back ();
      const GstClockTime end =
          span_of (gst_numpro_batch_get_ledger (last.get ()), number, number).end;
      // Numbers are as long as the frame rate says, in whole nanoseconds.
      fail_unless_in_loop (end + 1000 > begin && end < begin + 1000,
                           "%s: ends at %.6f s, the next begins at %.6f s", rate,
                           static_cast<double> (end) / s, static_cast<double> (begin) / s);
      last = std::move (next);
    }
  }
}
GST_END_TEST

static Suite *rates_suite ()
{
  Suite *suite = suite_create ("rates");
  TCase *tcase = tcase_create ("rates");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_rates, 0, G_N_ELEMENTS (kRates));
  tcase_add_loop_test (tcase, test_history, 0, G_N_ELEMENTS (kRates));
  tcase_add_test (tcase, test_end);
  tcase_add_test (tcase, test_full);
  return suite;
}

GST_CHECK_MAIN (rates)
