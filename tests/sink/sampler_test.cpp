/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Which frames are samples where there is to be one in each period.
//
// test_out_of_order: more samples than one a period, or in falling order, of frames out of order.
// test_loops: no sample any more where times fall back again and again.
// test_jitter: periods without a sample, and frames that are none, of a source that jitters and is
// as
//   fast as the rate.
// test_due: a number that is said to stay until the next sample and does not, or the other way
// round. test_without_time: samples beyond the rate, where a frame among others has no time;
// numbers without
//   one.

#include "plugin/sink/sampling/sampler.h"

#include "tests/support/dice.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

struct Rate {
  int n, d;
};

constexpr Rate kRates[] = {{1, 1}, {2, 1}, {25, 2}, {24000, 1001}, {30000, 1001}, {60, 1}};

}  // namespace

GST_START_TEST (test_jitter)
{
  Dice dice (1);
  for (const Rate rate : kRates) {
    const GstClockTime period = gst_util_uint64_scale (GST_SECOND, rate.d, rate.n);
    for (guint64 phase = 0; phase < 20; ++phase) {
      Sampler sampler (rate.n, rate.d);
      for (guint64 i = 0; i < 2000; ++i) {
        const GstClockTime begin = gst_util_uint64_scale (i + 100, rate.d * GST_SECOND, rate.n);
        const GstClockTime time =
            begin + phase * period / 20 + dice.roll (period * 4 / 5) - period * 2 / 5;
        fail_unless_in_loop (sampler.take (i, time, period), "%d/%d, phase %d: frame %d is none",
                             rate.n, rate.d, static_cast<int> (phase), static_cast<int> (i));
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_due)
{
  // Of as many frames as samples, every frame: the next one is due before it comes.
  Dice dice (2);
  Sampler every (10, 1);
  for (guint64 i = 0; i < 1000; ++i) {
    const GstClockTime time = (i + 5) * 100 * GST_MSECOND + dice.roll (80 * GST_MSECOND);
    fail_unless (i == 0 || every.due () <= time);
    fail_unless (every.take (i, time, 100 * GST_MSECOND));
  }
  // Of more frames, the first one of the next period.
  Sampler some (1, 1);
  fail_unless_equals_uint64 (some.due (), GST_CLOCK_TIME_NONE);
  for (guint64 i = 0; i < 1000; ++i) {
    const GstClockTime time = i * 300 * GST_MSECOND;
    const bool is_due = !GST_CLOCK_TIME_IS_VALID (some.due ()) || time >= some.due ();
    fail_unless (some.take (i, time, 300 * GST_MSECOND) == is_due);
  }
}
GST_END_TEST

GST_START_TEST (test_without_time)
{
  Sampler once (1, 1);
  fail_unless (once.take (0, 0));
  fail_if (once.take (1, GST_CLOCK_TIME_NONE));
  // The first frame of a number that has a time stands for it.
  fail_unless (once.take (1, GST_SECOND));
  fail_if (once.take (2, 1500 * GST_MSECOND));

  // Where no frame has a time, each number has a sample.
  Sampler timeless (1, 1);
  for (guint64 i = 0; i < 10; ++i)
    fail_unless (timeless.take (i / 2, GST_CLOCK_TIME_NONE) == (i % 2 == 0));
}
GST_END_TEST

// Two of three frames come in the wrong order.
GST_START_TEST (test_out_of_order)
{
  Sampler sampler (1, 1);
  guint64 slot = 0;
  int samples = 0;
  for (const int tenths : {0, 4, 2, 6, 10, 8, 12, 16, 14, 18, 22, 20, 24})
    samples += sampler.take (slot++, tenths * GST_SECOND / 10, GST_SECOND / 5);
  fail_unless_equals_int (samples, 3);
}
GST_END_TEST

// A piece that is shorter than a period, or not, played again and again.
GST_START_TEST (test_loops)
{
  for (const int frames : {5, 8, 11, 50, 99}) {
    Sampler sampler (1, 10);
    guint64 slot = 0;
    int samples = 0;
    for (int loop = 0; loop < 100; ++loop) {
      for (int frame = 0; frame < frames; ++frame)
        samples += sampler.take (slot++, frame * GST_SECOND / 10, GST_SECOND / 10);
    }
    // One at least where more than sixteen frames are behind the latest one.
    fail_unless (samples >= 100 * frames / (frames + 20), "%d samples in 100 loops of %d frames",
                 samples, frames);
  }
}
GST_END_TEST

static Suite *sampler_suite ()
{
  Suite *suite = suite_create ("sampler");
  TCase *tcase = tcase_create ("sampler");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_jitter);
  tcase_add_test (tcase, test_due);
  tcase_add_test (tcase, test_without_time);
  tcase_add_test (tcase, test_out_of_order);
  tcase_add_test (tcase, test_loops);
  return suite;
}

GST_CHECK_MAIN (sampler)
