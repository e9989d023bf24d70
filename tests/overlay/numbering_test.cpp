/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "plugin/overlay/numbering.h"
#include "plugin/overlay/stamptext.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

struct FrameRate {
  int n, d;
};

constexpr FrameRate kRates[] = {{30000, 1001}, {24000, 1001}, {25, 2}, {10, 1}, {60, 1}};
constexpr int kHour = 3600;

GstClockTimeDiff frame_time (FrameRate rate, guint64 i)
{
  return static_cast<GstClockTimeDiff> (gst_util_uint64_scale (i, rate.d * GST_SECOND, rate.n));
}

GstClockTime frame_duration (FrameRate rate)
{
  return gst_util_uint64_scale (GST_SECOND, rate.d, rate.n);
}

guint64 frames_in_an_hour (FrameRate rate)
{
  return gst_util_uint64_scale (kHour, rate.n, rate.d);
}

NumberingOptions by_count ()
{
  return {
      .mode = NumberingOptions::Mode::kCount, .start = 0, .wrap = 0, .every = 1, .rate = {1, 1}};
}

NumberingOptions by_time (int rate_n, int rate_d)
{
  NumberingOptions rule = by_count ();
  rule.mode = NumberingOptions::Mode::kTime;
  rule.rate = {rate_n, rate_d};
  return rule;
}

std::vector<guint64> count (const NumberingOptions &rule, int buffers)
{
  Numbering numbering (rule);
  std::vector<guint64> numbers;
  for (int i = 0; i < buffers; ++i)
    numbers.push_back (numbering.next (GST_CLOCK_STIME_NONE, GST_CLOCK_TIME_NONE)->number);
  return numbers;
}

// What containers and cameras make of a timestamp.
enum class Clock { kExact, kMilliseconds, kLate, kJitter };

GstClockTimeDiff distort (GstClockTimeDiff time, Clock clock, std::minstd_rand &random)
{
  switch (clock) {
    case Clock::kMilliseconds:
      return (time + GST_MSECOND / 2) / GST_MSECOND * GST_MSECOND;
    case Clock::kLate:
      return time + static_cast<GstClockTimeDiff> (random () % (3 * GST_MSECOND));
    case Clock::kJitter:
      return time + static_cast<GstClockTimeDiff> (random () % (8 * GST_MSECOND)) - 4 * GST_MSECOND;
    case Clock::kExact:
      break;
  }
  return time;
}

}  // namespace

// Would catch an off-by-one where a number changes, and a first number other than `start`.
GST_START_TEST (test_count)
{
  NumberingOptions rule = by_count ();
  fail_unless (count (rule, 4) == (std::vector<guint64>{0, 1, 2, 3}));
  rule.every = 3;
  rule.start = 7;
  fail_unless (count (rule, 8) == (std::vector<guint64>{7, 7, 7, 8, 8, 8, 9, 9}));
  rule.every = 1;
  rule.wrap = 10;
  fail_unless (count (rule, 5) == (std::vector<guint64>{7, 8, 9, 0, 1}));
}
GST_END_TEST

// Would catch wrapping the slot too, and start times that move within a slot.
GST_START_TEST (test_count_slots)
{
  NumberingOptions rule = by_count ();
  rule.every = 2;
  rule.wrap = 2;
  Numbering numbering (rule);
  for (guint64 i = 0; i < 10; ++i) {
    const std::optional<Slot> slot =
        numbering.next (static_cast<GstClockTimeDiff> (i * GST_SECOND), GST_SECOND);
    fail_unless_equals_uint64 (slot->slot, i / 2);
    fail_unless_equals_uint64 (slot->number, i / 2 % 2);
    fail_unless_equals_uint64 (slot->start, i / 2 * 2 * GST_SECOND);
    fail_unless_equals_uint64 (slot->duration, 2 * GST_SECOND);
  }
}
GST_END_TEST

// Would catch one long frame that is taken for each of its slot's, and for those after it.
GST_START_TEST (test_still_slots)
{
  NumberingOptions rule = by_count ();
  rule.every = 3;
  Numbering numbering (rule);
  const auto slot_of = [&] (GstClockTime length) {
    return numbering.next (0, length * GST_MSECOND)->duration / GST_MSECOND;
  };
  for (const GstClockTime length : {40, 40, 40})
    fail_unless_equals_uint64 (slot_of (length), 120);
  fail_unless_equals_uint64 (slot_of (4000), 4080);
  fail_unless_equals_uint64 (slot_of (40), 120);
  // Not known, and known again
  numbering.next (0, GST_CLOCK_TIME_NONE);
  fail_unless_equals_uint64 (slot_of (40), 120);
}
GST_END_TEST

// Would catch a reset that keeps a half-full slot, or in time numbering the old origin.
GST_START_TEST (test_reset)
{
  NumberingOptions rule = by_count ();
  rule.every = 2;
  rule.start = 5;
  Numbering counting (rule);
  for (int i = 0; i < 3; ++i)
    counting.next (0, GST_CLOCK_TIME_NONE);
  counting.reset ();
  std::array<guint64, 3> numbers;
  for (guint64 &number : numbers)
    number = counting.next (0, GST_CLOCK_TIME_NONE)->number;
  fail_unless (numbers == (std::array<guint64, 3>{5, 5, 6}));

  NumberingOptions timed = by_time (1, 1);
  timed.start = 5;
  Numbering following (timed);
  fail_unless_equals_uint64 (following.next (10 * GST_SECOND, GST_CLOCK_TIME_NONE)->number, 15);
  following.reset ();
  fail_unless_equals_uint64 (following.next (11500 * GST_MSECOND, GST_CLOCK_TIME_NONE)->number, 5);
  const std::optional<Slot> slot = following.next (12600 * GST_MSECOND, GST_CLOCK_TIME_NONE);
  fail_unless_equals_uint64 (slot->number, 6);
  fail_unless_equals_uint64 (slot->start, 12500 * GST_MSECOND);
}
GST_END_TEST

// Would catch drift against the clock: an hour at one number a second has 3600 numbers, in order,
// each on about as many frames as a second has, whatever the frame rate, container or camera.
GST_START_TEST (test_an_hour_of_seconds)
{
  for (const FrameRate rate : kRates) {
    for (const Clock clock : {Clock::kExact, Clock::kMilliseconds, Clock::kLate, Clock::kJitter}) {
      std::minstd_rand random (1);
      Numbering numbering (by_time (1, 1));
      std::vector<int> frames_of (kHour, 0);
      guint64 last = 0;
      for (guint64 i = 0; i < frames_in_an_hour (rate); ++i) {
        const std::optional<Slot> slot =
            numbering.next (distort (frame_time (rate, i), clock, random), frame_duration (rate));
        fail_unless_in_loop (slot->number == last || slot->number == last + 1, "%d/%d: %d after %d",
                             rate.n, rate.d, static_cast<int> (slot->number),
                             static_cast<int> (last));
        last = slot->number;
        if (last < kHour)
          ++frames_of[last];
      }
      const auto [fewest, most] = std::minmax_element (frames_of.begin (), frames_of.end () - 1);
      const int nominal = rate.n / rate.d;
      fail_unless (*fewest >= nominal - 1 && *most <= nominal + 2,
                   "%d/%d: %d to %d frames a number", rate.n, rate.d, *fewest, *most);
      fail_unless (last >= kHour - 1);
    }
  }
}
GST_END_TEST

// Would catch a slot lost or doubled by rounding when there is one number a frame.
GST_START_TEST (test_an_hour_of_frames)
{
  for (const FrameRate rate : kRates) {
    for (const Clock clock : {Clock::kExact, Clock::kMilliseconds, Clock::kLate}) {
      std::minstd_rand random (1);
      Numbering numbering (by_time (rate.n, rate.d));
      for (guint64 i = 0; i < frames_in_an_hour (rate); ++i) {
        const std::optional<Slot> slot =
            numbering.next (distort (frame_time (rate, i), clock, random), frame_duration (rate));
        fail_unless_in_loop (slot->number == i, "%d/%d: %d on frame %d", rate.n, rate.d,
                             static_cast<int> (slot->number), static_cast<int> (i));
      }
    }
  }
}
GST_END_TEST

// Would catch a tolerance that is missing, too wide, or not bounded by half a frame.
GST_START_TEST (test_earliness)
{
  const auto number_at = [] (GstClockTimeDiff time, GstClockTime duration) {
    return Numbering (by_time (1, 1)).next (time, duration)->number;
  };
  const GstClockTimeDiff one_second = GST_SECOND;
  fail_unless_equals_uint64 (number_at (one_second - 1000000, GST_SECOND / 30), 1);
  fail_unless_equals_uint64 (number_at (one_second - 1000001, GST_SECOND / 30), 0);
  fail_unless_equals_uint64 (number_at (one_second - 1000000, GST_CLOCK_TIME_NONE), 1);
  fail_unless_equals_uint64 (number_at (one_second - 500000, GST_MSECOND), 1);
  fail_unless_equals_uint64 (number_at (one_second - 500001, GST_MSECOND), 0);
}
GST_END_TEST

// Would catch a gap that is counted instead of measured, and times outside the segment.
GST_START_TEST (test_time_jumps)
{
  Numbering numbering (by_time (2, 1));
  fail_unless_equals_uint64 (numbering.next (0, GST_CLOCK_TIME_NONE)->number, 0);
  const std::optional<Slot> slot = numbering.next (100 * GST_SECOND, GST_CLOCK_TIME_NONE);
  fail_unless_equals_uint64 (slot->number, 200);
  fail_unless_equals_uint64 (slot->start, 100 * GST_SECOND);
  fail_unless_equals_uint64 (slot->duration, GST_SECOND / 2);
  fail_unless_equals_uint64 (
      numbering.next (-5 * static_cast<GstClockTimeDiff> (GST_SECOND), GST_CLOCK_TIME_NONE)->number,
      0);
}
GST_END_TEST

// Would catch a number that a repeated time brings back, of a source that is ahead of its times.
GST_START_TEST (test_repeated_times)
{
  Numbering numbering (by_time (1, 1));
  guint64 last = 0;
  for (const int tenths : {0, 10, 20, 30, 37, 37, 50, 60, 60, 60, 70}) {
    const guint64 number =
        numbering.next (tenths * GST_SECOND / 10, static_cast<GstClockTime> (GST_SECOND))->number;
    fail_unless (number >= last && number <= last + 1, "%d after %d", static_cast<int> (number),
                 static_cast<int> (last));
    last = number;
  }
  fail_unless_equals_uint64 (last, 7);
}
GST_END_TEST

// Would catch numbers that stand still where a short piece is played again and again.
GST_START_TEST (test_loops)
{
  for (const int frames : {3, 8, 10, 11, 12, 13, 20}) {
    for (const Numbering::Break announced : {Numbering::Break::kNone, Numbering::Break::kSegment}) {
      Numbering numbering (by_time (10, 1));
      guint64 first = 0, last = 0;
      for (int loop = 0; loop < 50; ++loop) {
        for (int frame = 0; frame < frames; ++frame) {
          if (frame == 0 && loop > 0)
            numbering.note (announced);
          const guint64 number = numbering.next (frame * GST_SECOND / 10, GST_SECOND / 10)->number;
          fail_unless_in_loop (number >= last && number <= last + 1, "%d after %d",
                               static_cast<int> (number), static_cast<int> (last));
          last = number;
          if (loop == 25 && frame == 0)
            first = number;
        }
      }
      // Up to sixteen frames may stand still after each, and no more.
      fail_unless (last - first >= 24U * frames / 17, "%d numbers in 24 loops of %d frames",
                   static_cast<int> (last - first), frames);
    }
  }
}
GST_END_TEST

// Would catch one buffer without a time that ends a stream, or moves its numbers.
GST_START_TEST (test_missing_times)
{
  Numbering numbering (by_time (2, 1));
  fail_if (numbering.next (GST_CLOCK_STIME_NONE, GST_CLOCK_TIME_NONE).has_value ());
  fail_unless_equals_uint64 (numbering.next (3 * GST_SECOND, GST_CLOCK_TIME_NONE)->number, 6);
  const std::optional<Slot> slot = numbering.next (GST_CLOCK_STIME_NONE, GST_CLOCK_TIME_NONE);
  fail_unless (slot.has_value ());
  fail_unless_equals_uint64 (slot->number, 6);
  fail_unless_equals_uint64 (slot->start, 3 * GST_SECOND);
  fail_unless_equals_uint64 (numbering.next (4 * GST_SECOND, GST_CLOCK_TIME_NONE)->number, 8);
  // The first number again, from the first buffer on that has a time.
  numbering.reset ();
  fail_unless_equals_uint64 (numbering.next (GST_CLOCK_STIME_NONE, GST_CLOCK_TIME_NONE)->number, 0);
  fail_unless_equals_uint64 (numbering.next (9 * GST_SECOND, GST_CLOCK_TIME_NONE)->number, 0);
  fail_unless_equals_uint64 (numbering.next (10 * GST_SECOND, GST_CLOCK_TIME_NONE)->number, 2);

  NumberingOptions rule = by_count ();
  rule.every = 2;
  Numbering counting (rule);
  fail_unless_equals_uint64 (counting.next (GST_CLOCK_STIME_NONE, GST_CLOCK_TIME_NONE)->start,
                             GST_CLOCK_TIME_NONE);
  fail_unless_equals_uint64 (counting.next (GST_SECOND, GST_CLOCK_TIME_NONE)->start, GST_SECOND);
}
GST_END_TEST

// Would catch numbers that come again, stand still or go back when times start again, whatever
// happens to a stream.
GST_START_TEST (test_any_time_lines)
{
  for (guint seed = 0; seed < 200; ++seed) {
    std::minstd_rand random (seed + 1);
    const int fps = std::array{5, 25, 60}[random () % 3];
    Numbering numbering (by_time (std::array{1, 5, 25, 60}[random () % 4], 1));
    GstClockTimeDiff time = static_cast<GstClockTimeDiff> (random () % 7200 * GST_SECOND);
    guint64 last = 0;
    // Two frames, as one alone might be astray.
    const auto leap_to = [&] (GstClockTimeDiff later) {
      time = later;
      for (int frame = 0; frame < 2; ++frame, time += GST_SECOND / fps)
        last = numbering.next (time, GST_SECOND / fps)->number;
    };
    leap_to (time);
    for (int part = 0; part < 20; ++part) {
      const auto why = std::array{Numbering::Break::kNone, Numbering::Break::kSegment,
                                  Numbering::Break::kFlush}[random () % 3];
      numbering.note (why);
      time = static_cast<GstClockTimeDiff> (
          random () % std::max<guint64> (static_cast<guint64> (time) - 2 * GST_SECOND, 1));
      for (int frame = 0; frame < 4 * fps; ++frame, time += GST_SECOND / fps) {
        const guint64 number = numbering.next (time, GST_SECOND / fps)->number;
        const bool is_unconfirmed = why == Numbering::Break::kNone && frame == 0;
        const guint64 first = is_unconfirmed ? last : last + 1;
        const guint64 most = std::max<guint64> (first, last + 60 / fps + 2);
        fail_unless_in_loop (number >= last && number <= most,
                             "seed %d, part %d, frame %d: %d after %d", static_cast<int> (seed),
                             part, frame, static_cast<int> (number), static_cast<int> (last));
        fail_unless_in_loop (frame != 0 || number == first, "seed %d, part %d: begins with %d",
                             static_cast<int> (seed), part, static_cast<int> (number));
        last = number;
      }
      leap_to (time + 4 * static_cast<GstClockTimeDiff> (GST_SECOND));
    }
  }
}
GST_END_TEST

// Would catch overflow on streams that run for years and at extreme rates.
GST_START_TEST (test_extremes)
{
  const GstClockTimeDiff ten_years = 10LL * 365 * 24 * kHour * GST_SECOND;
  fail_unless_equals_uint64 (
      Numbering (by_time (60, 1)).next (ten_years, GST_CLOCK_TIME_NONE)->number,
      10ULL * 365 * 24 * kHour * 60);
  fail_unless_equals_uint64 (
      Numbering (by_time (1, G_MAXINT)).next (ten_years, GST_CLOCK_TIME_NONE)->number, 0);
  fail_unless (Numbering (by_time (G_MAXINT, 1)).next (GST_SECOND, 1)->number >=
               static_cast<guint64> (G_MAXINT));
}
GST_END_TEST

// Would catch a label that shows another time than the slot's, or overflows its space.
GST_START_TEST (test_labels)
{
  const auto label = [] (StampKind kind, guint64 number, GstClockTime start) {
    Slot slot;
    slot.number = number;
    slot.start = start;
    return std::string (StampText (kind, slot).text ());
  };
  fail_unless (label (StampKind::kNumber, 0, 0) == "0");
  fail_unless (label (StampKind::kNumber, G_MAXUINT64, 0) == "18446744073709551615");
  fail_unless (label (StampKind::kSeconds, 7, 12 * GST_SECOND) == "12.0s");
  fail_unless (label (StampKind::kSeconds, 7, 12999 * GST_MSECOND) == "13.0s");
  fail_unless (label (StampKind::kSeconds, 7, 12950 * GST_MSECOND) == "12.9s");
  fail_unless (label (StampKind::kClock, 7, 12 * GST_SECOND) == "00:12");
  fail_unless (label (StampKind::kClock, 7, 3599 * GST_SECOND) == "59:59");
  fail_unless (label (StampKind::kClock, 7, 3612 * GST_SECOND) == "1:00:12");
  fail_unless (label (StampKind::kSeconds, 0, G_MAXUINT64 - GST_SECOND) == "18446744072.7s");
  fail_unless (label (StampKind::kClock, 0, G_MAXUINT64 - GST_SECOND) == "5124095:34:32");
}
GST_END_TEST

static Suite *numbering_suite ()
{
  Suite *suite = suite_create ("numbering");
  TCase *tcase = tcase_create ("numbering");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_count);
  tcase_add_test (tcase, test_count_slots);
  tcase_add_test (tcase, test_still_slots);
  tcase_add_test (tcase, test_reset);
  tcase_add_test (tcase, test_an_hour_of_seconds);
  tcase_add_test (tcase, test_an_hour_of_frames);
  tcase_add_test (tcase, test_earliness);
  tcase_add_test (tcase, test_time_jumps);
  tcase_add_test (tcase, test_repeated_times);
  tcase_add_test (tcase, test_loops);
  tcase_add_test (tcase, test_missing_times);
  tcase_add_test (tcase, test_any_time_lines);
  tcase_add_test (tcase, test_extremes);
  tcase_add_test (tcase, test_labels);
  return suite;
}

GST_CHECK_MAIN (numbering)
