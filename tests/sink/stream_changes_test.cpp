/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What changes in the middle of a stream, held against the model that the hours are held against.
//
// test_changes: caps that change in the middle of a batch and end it, mix up its images or lose
//   one; batches that go on over a seek or a new segment; losses that a flush does not tell.
// test_anything: combinations that nobody thought of. The seed is in the message.

#include "tests/support/dice.h"
#include "tests/support/streamfeed.h"

#include <algorithm>

namespace {

constexpr StreamFormat k2997 = {"I420", 16, 16, 30000, 1001};
constexpr StreamFormat k10 = {"GRAY8", 16, 16, 10, 1};
constexpr StreamFormat k60 = {"I420", 16, 8, 60, 1};

#ifdef __SANITIZE_ADDRESS__
constexpr int kSeeds = 20;
#else
constexpr int kSeeds = 60;
#endif

}  // namespace

GST_START_TEST (test_changes)
{
  constexpr StreamFormat kFormats[] = {k2997,
                                       {"I420", 48, 32, 30000, 1001},
                                       {"GRAY8", 16, 32, 25, 1},
                                       {"RGB", 17, 9, 30, 1},
                                       {"NV12", 34, 16, 60, 1}};
  StreamRules rules;
  rules.size = 32;
  rules.overlap = 3;
  StreamFeed feed (rules, kFormats[0]);
  GstClockTime pts = 0, base = 0, start = 0;
  for (int part = 0; part < 40; ++part) {
    // Not a multiple of the batch, so that things change in the middle of it.
    for (int frame = 0; frame < 50; ++frame, pts += 33 * GST_MSECOND)
      feed.frame (pts);
    switch (part % 4) {
      case 0:
      case 1:
        feed.caps (kFormats[(part + 1) % G_N_ELEMENTS (kFormats)]);
        break;
      case 2:
        base += pts - start;
        start = pts = static_cast<GstClockTime> (part) * 100 * GST_SECOND;
        feed.segment (start, 3 * GST_SECOND, base);
        break;
      default:
        start = pts = static_cast<GstClockTime> (50 - part) * GST_SECOND;
        base = 0;
        feed.seek (start);
        break;
    }
  }
  feed.finish ("changes");
}
GST_END_TEST

static StreamRules any_rules (Dice &dice)
{
  StreamRules rules;
  rules.by_time = dice.one_in (2);
  rules.every = dice.pick<guint64> ({1, 1, 2, 7});
  rules.rate_n = dice.pick<guint64> ({1, 2, 10, 30, 60});
  rules.rate_d = dice.pick<guint64> ({1, 1, 3, 7});
  rules.start = dice.pick<guint64> ({0, 1, 99, 123456});
  rules.wrap = dice.pick<guint64> ({0, 0, 1, 5, 40});
  rules.sample_n = dice.pick<guint64> ({0, 0, 1, 5, 30});
  rules.sample_d = dice.pick<guint64> ({1, 2, 7});
  rules.size = dice.pick<std::size_t> ({1, 2, 8, 32, 0});
  rules.time = dice.pick<GstClockTime> ({0, 1, 5, 60}) * GST_SECOND;
  if (rules.size == 0 && rules.time == 0)
    rules.time = GST_SECOND;
  rules.max_gap = dice.pick<GstClockTime> ({0, 1, 20}) * GST_SECOND;
  rules.overlap = dice.pick<std::size_t> ({0, 1, 3, 31});
  if (rules.size > 0)
    rules.overlap = std::min (rules.overlap, rules.size - 1);
  return rules;
}

GST_START_TEST (test_anything)
{
  constexpr StreamFormat kFormats[] = {k2997, k10, k60, {"NV12", 10, 32, 25, 2}};
  Dice dice (static_cast<guint> (__i__));
  const StreamRules rules = any_rules (dice);
  StreamFormat format = kFormats[dice.roll (4)];
  const bool disordered = dice.one_in (3);
  StreamFeed feed (rules, format);
  GstClockTime start = 0, base = 0, pts = 0;
  for (int frame = 0; frame < 1000; ++frame) {
    switch (dice.roll (1000)) {
      case 0:
        feed.reset_numbers ();
        break;
      case 1:
      case 2:
        format = kFormats[dice.roll (4)];
        feed.caps (format);
        break;
      case 3:
        base += pts - start;
        start = pts = dice.roll (5000) * GST_SECOND;
        feed.segment (start, dice.roll (1000) * GST_SECOND, base);
        break;
      case 4:
        start = pts = dice.roll (5000) * GST_SECOND;
        base = 0;
        feed.seek (start);
        break;
      case 5:
        pts += dice.roll (600) * GST_SECOND + dice.roll (GST_SECOND);
        break;
      default:
        break;
    }
    feed.frame (disordered ? pts + dice.roll (3 * format.frame_time (1)) : pts);
    pts += format.frame_time (1 + (dice.one_in (20) ? dice.roll (9) : 0));
  }
  feed.finish ("seed " + std::to_string (__i__) + " (" + rules.overlay_properties () + " " +
               rules.sink_properties () + (disordered ? ", disordered)" : ")"));
}
GST_END_TEST

static Suite *changes_suite ()
{
  Suite *suite = suite_create ("changes");
  TCase *tcase = tcase_create ("changes");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_changes);
  tcase_add_loop_test (tcase, test_anything, 0, kSeeds);
  return suite;
}

GST_CHECK_MAIN (changes)
