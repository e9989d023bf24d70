/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Hours of video through numproverlay and numprosink, held against a model of the rules: every
// batch must be the model's, row by row, with its times and sizes.
//
// test_hour: numbers lost or doubled, overlaps that are not as long as asked, samplers and numbers
//   that drift at the frame rates that cameras have, batches longer than their limits; with lost
//   frames, jitter, pauses of minutes, numbers that wrap or start again.

#include "tests/support/dice.h"
#include "tests/support/streamfeed.h"

namespace {

constexpr StreamFormat k2997 = {"I420", 16, 16, 30000, 1001};
constexpr StreamFormat k10 = {"GRAY8", 16, 16, 10, 1};
constexpr StreamFormat k60 = {"I420", 16, 8, 60, 1};
constexpr GstClockTime kHour = 3600 * GST_SECOND;

/** What is wrong with a source: one in so many frames. */
struct Trouble {
  guint64 lost = 0, pause = 0, reset = 0;
  bool jitter = false;
};

struct Hour {
  const char *name;
  StreamFormat format;
  StreamRules rules;
  Trouble trouble;
};

const Hour kHours[] = {
    {"29.97, every number", k2997, {}, {}},
    {"60, overlap", k60, {.size = 50, .overlap = 7}, {}},
    {"10, by time", k10, {.size = 0, .overlap = 2, .time = 7 * GST_SECOND}, {}},
    {"29.97, a number a second, jitter, lost frames, pauses",
     k2997,
     {.by_time = true,
      .size = 32,
      .overlap = 4,
      .time = 40 * GST_SECOND,
      .max_gap = 10 * GST_SECOND},
     {.lost = 40, .pause = 20000, .jitter = true}},
    {"60, sampled twice a second, lost frames",
     k60,
     {.sample_n = 2, .size = 20, .overlap = 1},
     {.lost = 3}},
    {"29.97, 24 numbers in 1.001 s, sampled every 3 s",
     k2997,
     {.by_time = true, .rate_n = 24000, .rate_d = 1001, .sample_n = 1, .sample_d = 3, .size = 9},
     {.jitter = true}},
    {"29.97, a number a frame, jitter",
     k2997,
     {.by_time = true, .rate_n = 30000, .rate_d = 1001, .size = 32},
     {.lost = 500, .jitter = true}},
    {"60, sampled 59.94 times a second, jitter",
     k60,
     {.sample_n = 60000, .sample_d = 1001, .size = 100, .overlap = 2},
     {.pause = 50000, .jitter = true}},
    {"10, wraps", k10, {.start = 995, .wrap = 20, .size = 32, .overlap = 5}, {.lost = 10}},
    {"29.97, starts again",
     k2997,
     {.every = 15, .start = 1000, .size = 32, .overlap = 3},
     {.pause = 30000, .reset = 5000}},
    {"60, by time, starts again",
     k60,
     {.by_time = true, .rate_n = 5, .start = 7, .wrap = 50, .size = 12, .time = 2 * GST_SECOND},
     {.lost = 10, .reset = 9000, .jitter = true}},
};

}  // namespace

GST_START_TEST (test_hour)
{
  const Hour &hour = kHours[__i__];
  StreamFeed feed (hour.rules, hour.format);
  Dice dice (42);
  GstClockTime paused = 0;
  const guint64 frames =
      gst_util_uint64_scale (kHour, hour.format.fps_n, hour.format.fps_d * GST_SECOND);
  for (guint64 frame = 0; frame < frames; ++frame) {
    GstClockTime pts = hour.format.frame_time (frame) + paused;
    if (hour.trouble.pause && dice.one_in (hour.trouble.pause)) {
      const GstClockTime pause = (1 + dice.roll (600)) * GST_SECOND;
      feed.gap (pts, pause);
      paused += pause;
      pts += pause;
    }
    if (hour.trouble.reset && dice.one_in (hour.trouble.reset))
      feed.reset_numbers ();
    if (hour.trouble.lost && dice.one_in (hour.trouble.lost))
      continue;
    // Less than a frame, so that frames stay in order.
    if (hour.trouble.jitter)
      pts += dice.roll (hour.format.frame_time (1) * 9 / 10);
    feed.frame (pts);
  }
  feed.finish (hour.name);
}
GST_END_TEST

static Suite *hours_suite ()
{
  Suite *suite = suite_create ("hours");
  TCase *tcase = tcase_create ("hours");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_hour, 0, G_N_ELEMENTS (kHours));
  return suite;
}

GST_CHECK_MAIN (hours)
