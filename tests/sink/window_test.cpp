/* SPDX-License-Identifier: LGPL-2.1-or-later */

// How samples are chosen and become batches.
//
// test_sampler: a number sampled twice or on a later frame than its first, a rate that drifts.
// test_by_count, test_by_time: numbers lost, doubled or put in the wrong batch.
// test_overlap: overlaps of the wrong length, or counted as new samples again.
// test_cuts: numbers that start again, wrap or change their look in the middle of a batch.
// test_clear: samples that stay after a flush.

#include <set>
#include <vector>

#include "plugin/sink/batching/window.h"
#include "plugin/sink/sampling/sampler.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

std::unique_ptr<Exposure> expose (guint64 slot, GstClockTime running_time, guint64 wrap = 0)
{
  auto exposure = std::make_unique<Exposure> ();
  exposure->sample.reset (gst_numpro_sample_new (wrap ? slot % wrap : slot));
  exposure->sample->slot = slot;
  exposure->sample->running_time = exposure->sample->stream_time = running_time;
  exposure->look.color = 0xffff0000;
  exposure->sample->source = g_strdup ("stream");
  return exposure;
}

using Numbers = std::vector<std::vector<guint64>>;

std::vector<guint64> numbers_of (const std::vector<ExposurePtr> &exposures)
{
  std::vector<guint64> numbers;
  for (const ExposurePtr &exposure : exposures)
    numbers.push_back (exposure->sample->number);
  return numbers;
}

class Collector
{
 public:
  explicit Collector (const WindowRule &rule) : window_ (rule) {}

  void add (ExposurePtr exposure) { collect (window_.add (std::move (exposure))); }
  void finish () { collect (window_.finish ()); }

  const Numbers &numbers () const { return numbers_; }
  int count () const { return static_cast<int> (seen_.size ()); }
  Window &window () { return window_; }

 private:
  void collect (const std::vector<Group> &groups)
  {
    for (const Group &group : groups) {
      numbers_.push_back (numbers_of (group));
      for (const ExposurePtr &exposure : group)
        seen_.insert (exposure);
    }
  }

  Window window_;
  Numbers numbers_;
  std::set<ExposurePtr> seen_;
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
  fail_unless_equals_uint64 (twice.period (), GST_SECOND / 2);
}
GST_END_TEST

GST_START_TEST (test_by_count)
{
  WindowRule rule;
  rule.size = 32;
  Collector collector (rule);
  for (guint64 slot = 0; slot < 1000; ++slot)
    collector.add (expose (slot, slot * GST_SECOND));
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
  WindowRule rule;
  rule.size = 0;
  rule.time = 3 * GST_SECOND;
  Collector collector (rule);
  for (guint64 slot : {0, 1, 2, 3, 4, 9, 10, 30})
    collector.add (expose (slot, slot * GST_SECOND));
  collector.finish ();
  fail_unless (collector.numbers () == (Numbers{{0, 1, 2}, {3, 4}, {9, 10}, {30}}));
}
GST_END_TEST

GST_START_TEST (test_overlap)
{
  WindowRule rule;
  rule.size = 4;
  rule.overlap = 1;
  Collector collector (rule);
  for (guint64 slot = 0; slot < 9; ++slot)
    collector.add (expose (slot, slot * GST_SECOND));
  collector.finish ();
  fail_unless (collector.numbers () == (Numbers{{0, 1, 2, 3}, {3, 4, 5, 6}, {6, 7, 8}}));
  fail_unless_equals_int (collector.count (), 9);

  Collector even (rule);
  for (guint64 slot = 0; slot < 4; ++slot)
    even.add (expose (slot, slot * GST_SECOND));
  even.finish ();
  fail_unless (even.numbers () == (Numbers{{0, 1, 2, 3}}));
}
GST_END_TEST

GST_START_TEST (test_cuts)
{
  WindowRule rule;
  rule.size = 10;
  rule.overlap = 2;
  Collector restarted (rule);
  for (guint64 slot : {5, 6, 7, 0, 1})
    restarted.add (expose (slot, GST_CLOCK_TIME_NONE));
  restarted.finish ();
  fail_unless (restarted.numbers () == (Numbers{{5, 6, 7}, {0, 1}}));

  Collector wrapped (rule);
  for (guint64 slot = 0; slot < 7; ++slot)
    wrapped.add (expose (slot, slot, 4));
  wrapped.finish ();
  for (const auto &batch : wrapped.numbers ())
    fail_unless (batch.size () <= 4);
  fail_unless_equals_int (wrapped.count (), 7);

  Collector recolored (rule);
  recolored.add (expose (0, 0));
  std::unique_ptr<Exposure> green = expose (1, 1);
  green->look.color = 0xff00ff00;
  recolored.add (std::move (green));
  recolored.finish ();
  fail_unless (recolored.numbers () == (Numbers{{0}, {1}}));

  Collector switched (rule);
  switched.add (expose (0, 0));
  std::unique_ptr<Exposure> other = expose (1, 1);
  g_free (other->sample->source);
  other->sample->source = g_strdup ("other");
  switched.add (std::move (other));
  switched.finish ();
  fail_unless (switched.numbers () == (Numbers{{0}, {1}}));

  // A new segment: nothing from before opens what comes after.
  Collector parted (rule);
  for (guint64 slot = 0; slot < 4; ++slot) {
    parted.add (expose (slot, slot));
    if (slot == 1)
      parted.finish ();
  }
  parted.finish ();
  fail_unless (parted.numbers () == (Numbers{{0, 1}, {2, 3}}));
}
GST_END_TEST

GST_START_TEST (test_clear)
{
  WindowRule rule;
  rule.size = 3;
  rule.overlap = 1;
  Collector collector (rule);
  for (guint64 slot = 0; slot < 4; ++slot)
    collector.add (expose (slot, slot));
  fail_unless (collector.window ().clear () == std::vector<guint64>{3});
  collector.finish ();
  collector.add (expose (4, 4));
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
  tcase_add_test (tcase, test_clear);
  return suite;
}

GST_CHECK_MAIN (window)
