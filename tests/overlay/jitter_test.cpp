/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Numbers of a source that jitters and is as fast as its numbers. Jitter is in periods, and is
// added to each frame's time or taken from it.
//
// test_one_each: numbers that two frames get, and numbers that none gets.
// test_hours: the same after hours, by drift.
// test_slips: numbers that are left out or doubled more often than a source is too slow or too
// fast. test_unpromised: the same where caps promise no rate, or another one. test_lost_frames:
// numbers that do not skip what a hole has swallowed. test_fast_source: numbers that begin too
// early or too late where there are many frames to each.

#include <algorithm>
#include <cmath>
#include <vector>

#include "plugin/overlay/numbering.h"
#include "tests/support/dice.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

struct Rate {
  int n, d;

  // In periods, as a time in ns.
  GstClockTimeDiff time (double periods) const
  {
    return static_cast<GstClockTimeDiff> (std::llround (periods * d * GST_SECOND / n));
  }
  double periods (GstClockTimeDiff time) const
  {
    return static_cast<double> (time) * n / (static_cast<double> (d) * GST_SECOND);
  }
};

constexpr Rate kRates[] = {{1, 1},        {2, 1},  {5, 1},  {25, 2}, {24000, 1001}, {25, 1},
                           {30000, 1001}, {30, 1}, {50, 1}, {60, 1}, {240, 1},      {1000, 1}};
constexpr double kJitters[] = {0, 0.05, 0.1, 0.2, 0.3, 0.4};

NumberingOptions numbers_at (Rate rate)
{
  return {.mode = NumberingOptions::Mode::kTime,
          .start = 0,
          .wrap = 0,
          .every = 1,
          .rate = {rate.n, rate.d}};
}

// From -1 to 1.
double even (Dice &dice)
{
  return static_cast<double> (dice.roll (2000001)) / 1e6 - 1;
}

/** Frames of a source that jitters, and their numbers. */
class Source
{
 public:
  /**
   * @param interval of its frames, in periods
   * @param duration of a frame in ns, as caps promise it
   */
  Source (Rate rate, double interval, double jitter, double first, GstClockTime duration,
          Dice &dice)
      : rate_ (rate),
        interval_ (interval),
        jitter_ (jitter),
        first_ (first),
        duration_ (duration),
        dice_ (dice),
        numbering_ (numbers_at (rate))
  {
  }

  /** The number of the next frame, which is one of these off its time at most. */
  guint64 next ()
  {
    const double due = first_ + static_cast<double> (frame_++) * interval_;
    const GstClockTimeDiff time = rate_.time (std::max (due + jitter_ * even (dice_), 0.0));
    const guint64 number = numbering_.next (time, duration_)->number;
    const GstClockTimeDiff early = std::min<GstClockTimeDiff> (GST_MSECOND, rate_.time (0.1));
    const auto at = static_cast<guint64> (rate_.periods (time + early));
    fail_unless_in_loop (number <= at + 1 && at <= number + 1, "%d in period %d",
                         static_cast<int> (number), static_cast<int> (at));
    return number;
  }
  void lose (guint64 frames) { frame_ += frames; }

 private:
  const Rate rate_;
  const double interval_, jitter_, first_;
  const GstClockTime duration_;
  Dice &dice_;
  Numbering numbering_;
  guint64 frame_ = 0;
};

}  // namespace

GST_START_TEST (test_one_each)
{
  Dice dice (1);
  for (const Rate rate : kRates) {
    for (const double jitter : kJitters) {
      for (int phase = 0; phase < 20; ++phase) {
        const double first = 100 + static_cast<double> (phase) / 20;
        Source source (rate, 1, jitter, first, rate.time (1), dice);
        const guint64 begin = source.next ();
        for (guint64 i = 1; i < 1000; ++i) {
          const guint64 number = source.next ();
          fail_unless_in_loop (number == begin + i,
                               "%d/%d, jitter %.2f, from %.2f: frame %d has %d after %d", rate.n,
                               rate.d, jitter, first, static_cast<int> (i),
                               static_cast<int> (number), static_cast<int> (begin + i - 1));
        }
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_hours)
{
  Dice dice (2);
  for (const Rate rate : {Rate{25, 2}, Rate{24000, 1001}, Rate{30000, 1001}}) {
    for (const double jitter : {0.0, 0.4}) {
      Source source (rate, 1, jitter, 0, rate.time (1), dice);
      const auto frames = static_cast<guint64> (3 * 3600) * rate.n / rate.d;
      for (guint64 i = 0; i < frames; ++i)
        fail_unless_equals_uint64 (source.next (), i);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_slips)
{
  Dice dice (3);
  constexpr guint64 kFrames = 50000;
  for (const double interval : {1.001, 0.999, 1.0001, 0.9999, 1.01, 0.99}) {
    for (const double jitter : {0.0, 0.2, 0.4}) {
      const Rate rate{30, 1};
      Source source (rate, interval, jitter, 20.5, rate.time (1), dice);
      const double drift = std::abs (interval - 1);
      guint64 last = source.next (), slips = 0, since = kFrames;
      for (guint64 i = 1; i < kFrames; ++i, ++since) {
        const guint64 number = source.next (), step = number - last;
        last = number;
        if (step == 1)
          continue;
        fail_unless_in_loop (step == (interval > 1 ? 2 : 0), "at %.4f: %d after %d", interval,
                             static_cast<int> (number), static_cast<int> (number - step));
        // At the least jitter has to be made up for before the next one.
        fail_unless_in_loop (static_cast<double> (since) > 0.3 / drift, "at %.4f: again after %d",
                             interval, static_cast<int> (since));
        since = 0;
        ++slips;
      }
      const double due = drift * static_cast<double> (kFrames);
      fail_unless_in_loop (std::abs (static_cast<double> (slips) - due) <= 2,
                           "at %.4f: %d instead of %.0f", interval, static_cast<int> (slips), due);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_unpromised)
{
  Dice dice (4);
  const Rate rate{30, 1};
  constexpr GstClockTime kPromises[] = {GST_CLOCK_TIME_NONE, GST_SECOND / 25, GST_SECOND / 60,
                                        GST_SECOND};
  for (const GstClockTime promised : kPromises) {
    for (int phase = 0; phase < 20; ++phase) {
      Source source (rate, 1, 0.4, 10 + static_cast<double> (phase) / 20, promised, dice);
      // Three intervals tell.
      for (int i = 0; i < 3; ++i)
        source.next ();
      guint64 last = source.next ();
      for (int i = 0; i < 2000; ++i, ++last)
        fail_unless_equals_uint64 (source.next (), last + 1);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_lost_frames)
{
  Dice dice (5);
  const Rate rate{25, 1};
  for (const double jitter : {0.0, 0.05, 0.4}) {
    Source source (rate, 1, jitter, 3.5, rate.time (1), dice);
    guint64 last = source.next (), frames = 0;
    for (int i = 0; i < 5000; ++i) {
      guint64 lost = dice.one_in (25) ? 1 + dice.roll (100) : 0;
      source.lose (lost);
      frames += 1 + lost;
      const guint64 number = source.next ();
      fail_unless (number > last, "%d after %d", static_cast<int> (number),
                   static_cast<int> (last));
      if (jitter < 0.1)
        fail_unless_equals_uint64 (number, 3 + frames);
      last = number;
    }
  }
}
GST_END_TEST

GST_START_TEST (test_fast_source)
{
  // Of so many frames a second a number gets the first one that is not before its time.
  Dice dice (6);
  for (const guint64 frames : {2, 3, 10, 30, 60}) {
    for (const GstClockTime promised : {GST_CLOCK_TIME_NONE, GST_SECOND / frames}) {
      Numbering numbering (numbers_at ({1, 1}));
      for (guint64 i = 0; i < 1000; ++i) {
        const GstClockTime time = i * GST_SECOND / frames + dice.roll (GST_SECOND * 4 / 5 / frames);
        fail_unless_equals_uint64 (
            numbering.next (static_cast<GstClockTimeDiff> (time), promised)->number,
            (time + GST_MSECOND) / GST_SECOND);
      }
    }
  }
}
GST_END_TEST

static Suite *jitter_suite ()
{
  Suite *suite = suite_create ("jitter");
  TCase *tcase = tcase_create ("jitter");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_one_each);
  tcase_add_test (tcase, test_hours);
  tcase_add_test (tcase, test_slips);
  tcase_add_test (tcase, test_unpromised);
  tcase_add_test (tcase, test_lost_frames);
  tcase_add_test (tcase, test_fast_source);
  return suite;
}

GST_CHECK_MAIN (jitter)
