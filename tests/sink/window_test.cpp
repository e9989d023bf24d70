/* SPDX-License-Identifier: LGPL-2.1-or-later */

// How samples are chosen and become batches.
//
// test_sampler: a number sampled twice or on a later frame than its first, a rate that drifts.
// test_by_count, test_by_time: numbers lost, doubled or put in the wrong batch.
// test_overlap: overlaps of the wrong length, or counted as new samples again.
// test_cuts: numbers that start again, wrap or change their look in the middle of a batch.
// test_due: a time at which a batch is over that is too early, or one that never comes.
// test_close: samples that are to open the next batch lost, or in a batch of theirs.
// test_clear: samples that stay after a flush.

#include <set>
#include <vector>

#include "plugin/sink/batching/window.h"
#include "plugin/sink/sampling/sampler.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

std::unique_ptr<SampledFrame> make_frame (guint64 slot, GstClockTime running_time, guint64 wrap = 0)
{
  auto frame = std::make_unique<SampledFrame> ();
  frame->sample.reset (gst_numpro_sample_new (wrap ? slot % wrap : slot));
  frame->sample->slot = slot;
  frame->sample->running_time = frame->sample->stream_time = running_time;
  frame->look.color = 0xffff0000;
  frame->sample->source = g_strdup ("stream");
  return frame;
}

using Numbers = std::vector<std::vector<guint64>>;

std::vector<guint64> numbers_of (const std::vector<SampledFramePtr> &frames)
{
  std::vector<guint64> numbers;
  for (const SampledFramePtr &frame : frames)
    numbers.push_back (frame->sample->number);
  return numbers;
}

class Collector
{
 public:
  explicit Collector (const WindowOptions &rule) : window_ (rule) {}

  void add (SampledFramePtr frame) { collect (window_.add (std::move (frame))); }
  void close () { collect (window_.close ()); }
  void finish () { collect (window_.finish ()); }

  const Numbers &numbers () const { return numbers_; }
  int count () const { return static_cast<int> (seen_.size ()); }
  Window &window () { return window_; }

 private:
  void collect (const std::vector<Group> &groups)
  {
    for (const Group &group : groups) {
      numbers_.push_back (numbers_of (group));
      for (const SampledFramePtr &frame : group)
        seen_.insert (frame);
    }
  }

  Window window_;
  Numbers numbers_;
  std::set<SampledFramePtr> seen_;
};

}  // namespace

GST_START_TEST (test_sampler)
{
  Sampler every (0, 1);
  for (guint64 frame = 0; frame < 100; ++frame)
    fail_unless (every.take (frame / 3, frame) == (frame % 3 == 0));
  fail_unless (every.take (0, 100));

  // An hour at 29.97 frames, a number each, sampled twice a second: 7200 samples.
  Sampler twice (2, 1);
  int samples = 0;
  for (guint64 frame = 0; frame < 3600 * 30000 / 1001; ++frame)
    samples += twice.take (frame, gst_util_uint64_scale (frame, 1001 * GST_SECOND, 30000));
  fail_unless_equals_int (samples, 7200);
  fail_unless_equals_uint64 (twice.due (), 3600 * GST_SECOND);
}
GST_END_TEST

GST_START_TEST (test_by_count)
{
  WindowOptions rule;
  rule.size = 32;
  Collector collector (rule);
  for (guint64 slot = 0; slot < 1000; ++slot)
    collector.add (make_frame (slot, slot * GST_SECOND));
  collector.finish ();
  collector.finish ();
  fail_unless_equals_int (static_cast<int> (collector.numbers ().size ()), 32);
  guint64 next = 0;
  for (const auto &batch : collector.numbers ()) {
    fail_unless (batch.size () == 32 || next + batch.size () == 1000);
    for (guint64 number : batch)
      fail_unless_equals_uint64 (number, next++);
  }
  fail_unless_equals_int (collector.count (), 1000);
}
GST_END_TEST

GST_START_TEST (test_by_time)
{
  WindowOptions rule;
  rule.size = 0;
  rule.time = 3 * GST_SECOND;
  Collector collector (rule);
  for (guint64 slot : {0, 1, 2, 3, 4, 9, 10, 30})
    collector.add (make_frame (slot, slot * GST_SECOND));
  collector.finish ();
  fail_unless (collector.numbers () == (Numbers{{0, 1, 2}, {3, 4}, {9, 10}, {30}}));
}
GST_END_TEST

GST_START_TEST (test_overlap)
{
  WindowOptions rule;
  rule.size = 4;
  rule.overlap = 1;
  Collector collector (rule);
  for (guint64 slot = 0; slot < 9; ++slot)
    collector.add (make_frame (slot, slot * GST_SECOND));
  collector.finish ();
  fail_unless (collector.numbers () == (Numbers{{0, 1, 2, 3}, {3, 4, 5, 6}, {6, 7, 8}}));
  fail_unless_equals_int (collector.count (), 9);

  Collector even (rule);
  for (guint64 slot = 0; slot < 4; ++slot)
    even.add (make_frame (slot, slot * GST_SECOND));
  even.finish ();
  fail_unless (even.numbers () == (Numbers{{0, 1, 2, 3}}));
}
GST_END_TEST

GST_START_TEST (test_cuts)
{
  WindowOptions rule;
  rule.size = 10;
  rule.overlap = 2;
  Collector restarted (rule);
  for (guint64 slot : {5, 6, 7, 0, 1})
    restarted.add (make_frame (slot, GST_CLOCK_TIME_NONE));
  restarted.finish ();
  fail_unless (restarted.numbers () == (Numbers{{5, 6, 7}, {0, 1}}));

  Collector wrapped (rule);
  for (guint64 slot = 0; slot < 7; ++slot)
    wrapped.add (make_frame (slot, slot, 4));
  wrapped.finish ();
  for (const auto &batch : wrapped.numbers ())
    fail_unless (batch.size () <= 4);
  fail_unless_equals_int (wrapped.count (), 7);

  Collector recolored (rule);
  recolored.add (make_frame (0, 0));
  std::unique_ptr<SampledFrame> green = make_frame (1, 1);
  green->look.color = 0xff00ff00;
  recolored.add (std::move (green));
  recolored.finish ();
  fail_unless (recolored.numbers () == (Numbers{{0}, {1}}));

  Collector switched (rule);
  switched.add (make_frame (0, 0));
  std::unique_ptr<SampledFrame> other = make_frame (1, 1);
  g_free (other->sample->source);
  other->sample->source = g_strdup ("other");
  switched.add (std::move (other));
  switched.finish ();
  fail_unless (switched.numbers () == (Numbers{{0}, {1}}));

  // Times that start again while numbers go on, be samples ever so far apart
  Collector fallen (rule);
  for (guint64 slot = 0; slot < 6; ++slot) {
    std::unique_ptr<SampledFrame> frame = make_frame (slot, (slot % 3) * 60 * GST_SECOND);
    frame->pace.period = 60 * GST_SECOND;
    fallen.add (std::move (frame));
    fail_unless (fallen.window ().parting () == (slot == 3 ? Parting::kFallback : Parting::kNone));
  }
  fallen.finish ();
  fail_unless (fallen.numbers () == (Numbers{{0, 1, 2}, {3, 4, 5}}));

  // A new segment: nothing from before opens what comes after.
  Collector parted (rule);
  for (guint64 slot = 0; slot < 4; ++slot) {
    parted.add (make_frame (slot, slot));
    if (slot == 1)
      parted.finish ();
  }
  parted.finish ();
  fail_unless (parted.numbers () == (Numbers{{0, 1}, {2, 3}}));
}
GST_END_TEST

GST_START_TEST (test_due)
{
  WindowOptions rule;
  rule.size = 3;
  rule.time = 10 * GST_SECOND;
  rule.overlap = 1;
  Collector collector (rule);
  Window &window = collector.window ();
  fail_unless_equals_uint64 (window.due (0), GST_CLOCK_TIME_NONE);
  std::unique_ptr<SampledFrame> late = make_frame (5, 5 * GST_SECOND);
  late->lateness = 2 * GST_SECOND;
  collector.add (std::move (late));
  collector.add (make_frame (6, 6 * GST_SECOND));
  fail_unless_equals_uint64 (window.due (GST_SECOND), 17 * GST_SECOND);
  fail_unless_equals_uint64 (window.due (3 * GST_SECOND), 18 * GST_SECOND);
  // What is left of a batch that is full is not new, but opens the next one.
  collector.add (make_frame (7, 7 * GST_SECOND));
  fail_unless_equals_uint64 (window.due (0), GST_CLOCK_TIME_NONE);
  collector.add (make_frame (8, 8 * GST_SECOND));
  fail_unless_equals_uint64 (window.due (0), 17 * GST_SECOND);

  // A time that no clock comes to, or none at all.
  for (const GstClockTime time : {GstClockTime (0), G_MAXUINT64}) {
    rule.time = time;
    Collector endless (rule);
    endless.add (make_frame (0, 0));
    fail_unless_equals_uint64 (endless.window ().due (0), GST_CLOCK_TIME_NONE);
  }
  rule.time = GST_SECOND;
  Collector timeless (rule);
  timeless.add (make_frame (0, GST_CLOCK_TIME_NONE));
  fail_unless_equals_uint64 (timeless.window ().due (0), GST_CLOCK_TIME_NONE);
}
GST_END_TEST

GST_START_TEST (test_close)
{
  WindowOptions rule;
  rule.size = 10;
  rule.time = 10 * GST_SECOND;
  rule.overlap = 1;
  Collector collector (rule);
  collector.close ();
  for (guint64 slot = 0; slot < 3; ++slot)
    collector.add (make_frame (slot, slot * GST_SECOND));
  collector.close ();
  collector.close ();
  collector.add (make_frame (3, 3 * GST_SECOND));
  collector.close ();
  // Too late to go with what is left.
  collector.add (make_frame (20, 20 * GST_SECOND));
  collector.finish ();
  fail_unless (collector.numbers () == (Numbers{{0, 1, 2}, {2, 3}, {20}}));
}
GST_END_TEST

GST_START_TEST (test_clear)
{
  WindowOptions rule;
  rule.size = 3;
  rule.overlap = 1;
  Collector collector (rule);
  for (guint64 slot = 0; slot < 4; ++slot)
    collector.add (make_frame (slot, slot));
  fail_unless (numbers_of (collector.window ().clear ()) == std::vector<guint64>{3});
  collector.finish ();
  collector.add (make_frame (4, 4));
  collector.finish ();
  fail_unless (collector.numbers () == (Numbers{{0, 1, 2}, {4}}));
}
GST_END_TEST

static Suite *window_suite ()
{
  Suite *suite = suite_create ("window");
  TCase *tcase = tcase_create ("window");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_sampler);
  tcase_add_test (tcase, test_by_count);
  tcase_add_test (tcase, test_by_time);
  tcase_add_test (tcase, test_overlap);
  tcase_add_test (tcase, test_cuts);
  tcase_add_test (tcase, test_due);
  tcase_add_test (tcase, test_close);
  tcase_add_test (tcase, test_clear);
  return suite;
}

GST_CHECK_MAIN (window)
