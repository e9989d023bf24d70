/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Which coded frames a decoder gets where one frame of each period is wanted.
//
// test_first_frames: a period without its first frame; frames decoded that nobody needs; another
//   length than that of the frames left out.
// test_key_frames: more frames than one key frame of a period, or a period without a frame.
// test_references: over random streams, a frame passed on without one that it needs, a period
//   without its first frame, and frames held without end.
// test_unsure: frames left out of a stream without times, of a few frames a period, before the
//   segment, or at the beginning of a period before its time.

#include "tools/media/codedframefilter.h"

#include <algorithm>
#include <map>
#include <set>

#include "tests/support/dice.h"
#include "tests/support/loopcheck.h"

namespace {

using namespace numpro;
using namespace numpro::media;
using Choice = CodedFrameFilter::Choice;

constexpr GstClockTime kFrame = 40 * GST_MSECOND;
constexpr Fraction kOneASecond = {1, 1};
constexpr GstClockTime kMostReordered = 16;

CodedFrame frame_at (GstClockTime time)
{
  CodedFrame frame;
  frame.coded.reset (gst_buffer_new_allocate (nullptr, 100, nullptr));
  GST_BUFFER_PTS (frame.coded.get ()) = time;
  GST_BUFFER_DURATION (frame.coded.get ()) = kFrame;
  frame.time = time;
  frame.end = time + kFrame;
  return frame;
}

CodedFrame key_frame_at (GstClockTime time)
{
  CodedFrame frame = frame_at (time);
  frame.is_key_frame = frame.is_idr = frame.can_restart = true;
  return frame;
}

// What was passed on: times, whether they are wanted, and lengths.
struct Passed {
  std::vector<GstClockTime> times;
  std::map<GstClockTime, GstClockTime> wanted;

  void take (const std::vector<BufferPtr> &frames)
  {
    for (const BufferPtr &frame : frames) {
      const GstClockTime time = GST_BUFFER_PTS (frame.get ());
      times.push_back (time);
      if (!CodedFrameFilter::is_unwanted (frame.get ()))
        wanted[time] = GST_BUFFER_DURATION (frame.get ());
    }
  }

  bool has (GstClockTime time) const
  {
    return std::find (times.begin (), times.end (), time) != times.end ();
  }
};

// Groups of pictures without reordering, 25 frames a second.
Passed pass (CodedFrameFilter &filter, int frames, int group)
{
  Passed passed;
  for (int i = 0; i < frames; ++i)
    passed.take (filter.add (i % group == 0 ? key_frame_at (i * kFrame) : frame_at (i * kFrame)));
  passed.take (filter.end ());
  return passed;
}

}  // namespace

GST_START_TEST (test_first_frames)
{
  CodedFrameFilter filter (kOneASecond, Choice::kFirst);
  const Passed passed = pass (filter, 500, 50);
  for (guint64 second = 1; second < 20; ++second) {
    const GstClockTime first = second * GST_SECOND;
    fail_unless (passed.wanted.contains (first) && passed.wanted.contains (first + kFrame));
    fail_unless (passed.wanted.at (first) == kFrame);
    fail_unless (passed.wanted.at (first + kFrame) == GST_SECOND - kFrame);
    fail_if (passed.wanted.contains (first + 2 * kFrame));
    // What is behind the last one that is wanted no other frame needs.
    fail_unless (passed.has (first + 2 * kFrame) == (second % 2 == 0));
  }
  fail_unless_equals_uint64 (passed.times.size (), 10 * 27);

  // The picture stands still from 3.4 to 8.4 s, and from the first frame on.
  for (const guint64 still : {guint64 (85), guint64 (0)}) {
    CodedFrameFilter lasting (kOneASecond, Choice::kFirst);
    Passed shown;
    for (guint64 i = 0; i < 200; ++i) {
      const GstClockTime time = i * kFrame + (i > still ? 5 * GST_SECOND : 0);
      CodedFrame frame = i == 0 ? key_frame_at (time) : frame_at (time);
      frame.lasts = true;
      shown.take (lasting.add (std::move (frame)));
    }
    shown.take (lasting.end ());
    const GstClockTime end = still * kFrame + 5 * GST_SECOND + kFrame;
    const GstClockTime last = still > 0 ? 3 * GST_SECOND + kFrame : 0;
    fail_unless (shown.wanted.at (last) == end - last);
  }
}
GST_END_TEST;

GST_START_TEST (test_key_frames)
{
  // Two key frames in a period, one, and one in every second one.
  CodedFrameFilter often (Fraction{1, 4}, Choice::kKeyFrame);
  const Passed few = pass (often, 500, 50);
  fail_unless_equals_uint64 (few.times.size (), 5);
  fail_unless (few.has (0) && few.has (16 * GST_SECOND));
  CodedFrameFilter as_often (Fraction{1, 2}, Choice::kKeyFrame);
  fail_unless_equals_uint64 (pass (as_often, 500, 50).times.size (), 10);
  CodedFrameFilter less_often (kOneASecond, Choice::kKeyFrame);
  const Passed all = pass (less_often, 500, 50);
  fail_unless_equals_uint64 (all.wanted.size (), 20);
  fail_unless_equals_uint64 (all.times.size (), 10 * 26);

  // Frames before a key frame that need those left out before it.
  CodedFrameFilter open (Fraction{1, 2}, Choice::kKeyFrame);
  Passed led;
  for (int i = 0; i < 500; ++i) {
    const bool is_key = i % 25 == 0, is_led = i > 25 && i % 25 <= 2;
    CodedFrame frame = frame_at ((is_led && !is_key ? i - 4 : i) * kFrame);
    frame.is_key_frame = frame.can_restart = is_key;
    led.take (open.add (std::move (frame)));
  }
  led.take (open.end ());
  fail_unless_equals_uint64 (led.times.size (), 10);

  // Where decoders cannot begin anew all is decoded, and one of each period is wanted.
  CodedFrameFilter bound (Fraction{1, 2}, Choice::kKeyFrame);
  Passed all_decoded;
  for (int i = 0; i < 500; ++i) {
    const bool is_led = i > 50 && i % 50 <= 2;
    CodedFrame frame = frame_at ((i % 50 == 0 && i > 0   ? i + 2
                                  : is_led && i % 50 > 0 ? i - 1
                                                         : i) *
                                 kFrame);
    frame.is_key_frame = i % 50 == 0;
    frame.can_restart = i == 0;
    all_decoded.take (bound.add (std::move (frame)));
  }
  all_decoded.take (bound.end ());
  fail_unless_equals_uint64 (all_decoded.wanted.size (), 10);
  fail_unless (all_decoded.times.size () > 440);
}
GST_END_TEST;

namespace {

/** A stream of random groups of pictures, whose needs are known. */
class RandomStream
{
 public:
  explicit RandomStream (guint seed) : dice_ (seed) {}

  // A group of frames in the order of coding: after each of those that others need some that are
  // shown before it, and now and then as many as decoders can hold the other way round.
  std::vector<CodedFrame> next_group (bool is_open)
  {
    std::vector<CodedFrame> group;
    const GstClockTime leading = is_open ? dice_.roll (4) : 0;
    group.push_back (key_frame_at (time_ + leading * kFrame));
    group.back ().is_idr = !is_open;
    for (GstClockTime i = 0; i < leading; ++i)
      group.push_back (disposable_at (time_ + i * kFrame));
    time_ += (leading + 1) * kFrame;
    while (!dice_.one_in (20)) {
      const GstClockTime between = dice_.roll (4);
      group.push_back (frame_at (time_ + between * kFrame));
      for (GstClockTime i = 0; i < between; ++i)
        group.push_back (disposable_at (time_ + i * kFrame));
      time_ += (between + 1) * kFrame;
      if (dice_.one_in (10)) {
        for (GstClockTime i = kMostReordered + 1; i-- > 0;)
          group.push_back (frame_at (time_ + i * kFrame));
        time_ += (kMostReordered + 1) * kFrame;
      }
      // A hole.
      if (dice_.one_in (30))
        time_ += dice_.roll (5000) * GST_MSECOND;
    }
    return group;
  }

  Dice &dice () { return dice_; }

 private:
  static CodedFrame disposable_at (GstClockTime time)
  {
    CodedFrame frame = frame_at (time);
    frame.is_disposable = true;
    return frame;
  }

  Dice dice_;
  GstClockTime time_ = 0;
};

void check_random_stream (guint seed)
{
  RandomStream stream (seed);
  const Fraction rate{1, static_cast<gint> (1 + stream.dice ().roll (3))};
  CodedFrameFilter filter (rate, Choice::kFirst);
  std::vector<CodedFrame> sent;
  Passed passed;
  std::map<guint64, GstClockTime> first;  // frame of each period
  for (int group = 0; group < 30; ++group) {
    for (CodedFrame &frame : stream.next_group (group > 0 && stream.dice ().one_in (3))) {
      CodedFrame copy = frame_at (frame.time);
      copy.is_idr = frame.is_idr;
      copy.is_disposable = frame.is_disposable;
      sent.push_back (std::move (copy));
      const guint64 period = frame.time / (GST_SECOND * rate.d);
      first.try_emplace (period, frame.time);
      first[period] = std::min (first[period], frame.time);
      passed.take (filter.add (std::move (frame)));
    }
  }
  passed.take (filter.end ());
  for (const auto &[period, time] : first)
    fail_unless_in_loop (passed.wanted.contains (time), "seed %u: period %" G_GUINT64_FORMAT, seed,
                         period);
  // Each that was passed on has all before it that it may need, in the order of coding.
  std::size_t next = 0, begin = 0;
  for (std::size_t i = 0; i < sent.size () && next < passed.times.size (); ++i) {
    if (sent[i].is_idr)
      begin = i;
    if (sent[i].time != passed.times[next])
      continue;
    ++next;
    for (std::size_t needed = begin; needed < i; ++needed)
      fail_unless_in_loop (sent[needed].is_disposable || passed.has (sent[needed].time),
                           "seed %u: frame %zu without %zu", seed, i, needed);
  }
  fail_unless_in_loop (next == passed.times.size (), "seed %u: another order", seed);
}

}  // namespace

GST_START_TEST (test_references)
{
  for (guint seed = 0; seed < 100; ++seed)
    check_random_stream (seed);
  // A group that never ends is not held
  CodedFrameFilter filter (kOneASecond, Choice::kFirst);
  std::size_t passed = filter.add (key_frame_at (0)).size ();
  for (guint64 i = 1; i < 5000; ++i) {
    passed += filter.add (frame_at (i * kFrame)).size ();
    fail_unless_in_loop (i + 1 - passed < 70, "%" G_GUINT64_FORMAT " frames are held",
                         i + 1 - passed);
  }
  // nor is a period of much data.
  CodedFrameFilter long_periods (Fraction{1, 3600}, Choice::kFirst);
  passed = 0;
  for (guint64 i = 0; i < 500; ++i) {
    CodedFrame frame = i == 0 ? key_frame_at (0) : frame_at (i * kFrame);
    frame.coded.reset (gst_buffer_new_allocate (nullptr, 1 << 17, nullptr));
    passed += long_periods.add (std::move (frame)).size ();
  }
  fail_unless (passed > 200, "%zu were passed on", passed);
}
GST_END_TEST;

GST_START_TEST (test_unsure)
{
  Passed passed;
  CodedFrameFilter untimed (kOneASecond, Choice::kFirst);
  for (int i = 0; i < 100; ++i) {
    CodedFrame frame = frame_at (i * kFrame);
    if (i == 50)
      frame.time = GST_CLOCK_TIME_NONE;
    passed.take (untimed.add (std::move (frame)));
  }
  fail_unless_equals_uint64 (passed.times.size (), 100);

  // As often as periods, early or late.
  CodedFrameFilter even (Fraction{25, 1}, Choice::kFirst);
  Passed jittered;
  jittered.take (even.add (key_frame_at (0)));
  for (int i = 1; i < 100; ++i)
    jittered.take (even.add (frame_at (i * kFrame + (i % 2 ? 15 : 0) * GST_MSECOND)));
  jittered.take (even.end ());
  fail_unless_equals_uint64 (jittered.wanted.size (), 100);

  // What is before the segment counts for nothing.
  CodedFrameFilter cut (kOneASecond, Choice::kFirst);
  Passed shown;
  for (int i = 0; i < 20; ++i) {
    CodedFrame frame = i == 0 ? key_frame_at (0) : frame_at (0);
    frame.is_shown = false;
    frame.is_disposable = i > 0;
    shown.take (cut.add (std::move (frame)));
  }
  fail_unless_equals_uint64 (shown.times.size (), 20);
  shown.take (cut.add (frame_at (kFrame)));
  shown.take (cut.end ());
  fail_unless (shown.wanted.contains (kFrame));

  // Half a millisecond early, as containers round.
  CodedFrameFilter rounded (kOneASecond, Choice::kFirst);
  Passed early;
  for (int i = 0; i < 100; ++i) {
    const GstClockTime time = i * kFrame - (i % 25 == 0 && i > 0 ? 500 * GST_USECOND : 0);
    early.take (rounded.add (i == 0 ? key_frame_at (0) : frame_at (time)));
  }
  early.take (rounded.end ());
  for (guint64 second = 1; second < 4; ++second)
    fail_unless (early.wanted.contains (second * GST_SECOND - 500 * GST_USECOND));
}
GST_END_TEST;

static Suite *coded_frame_filter_suite ()
{
  Suite *suite = suite_create ("coded frame filter");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_first_frames);
  tcase_add_test (tcase, test_key_frames);
  tcase_add_test (tcase, test_references);
  tcase_add_test (tcase, test_unsure);
  return suite;
}

GST_CHECK_MAIN (coded_frame_filter)
