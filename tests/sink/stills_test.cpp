/* SPDX-License-Identifier: LGPL-2.1-or-later */

// How long a picture with a number is shown, as its frames say.
//
// test_still: a picture that says that it is shown for seconds, taken for a hole; a hole that such
//   a picture hides.
// test_hanging_camera: a hole after frames whose own length is short.
// test_still_within_number: the same of a frame that is not the first one of its number.
// test_hole_within_number: a hole that the frames after it hide.
// test_hole_behind_still: a hole that is taken for part of a number, for one of whose frames is
// long. test_still_by_time: a picture with one number, taken for a hole where others were due.
// test_repeated: a number whose frame is repeated, taken for a hole.
// test_slow_numbers: numbers of several frames that come less often than caps promise, each
// followed
//   by a hole.
// test_left_out: the length of a frame of fewer ones, taken for that of a slot; a last number of
//   hardly any length.
// test_last: a still that is cut off at the end of the stream, or in the history.
// test_too_long: a frame that states more than there is of its stream.
// test_lost_sample: a number that stays while others were shown.
// test_backwards: the length of a frame that is played backwards, given to what is before it.
// test_recording: a still of a recording whose container and decoder tell its length.

#include "plugin/sink/batching/rowtimes.h"
#include "tests/support/loopcheck.h"
#include "tests/support/sinkharness.h"
#include "tests/support/streamoutcome.h"
#include "tests/support/temporarydirectory.h"

namespace {

constexpr GstClockTime ms = GST_MSECOND;
constexpr const char *kCaps = "video/x-raw,format=GRAY8,width=16,height=16,framerate=25/1";
constexpr const char *kCapsWithoutRate =
    "video/x-raw,format=GRAY8,width=16,height=16,framerate=0/1";

// In milliseconds; without a length a frame says nothing of it.
struct Frame {
  int time, length = 0;
};

void push (SinkHarness &stream, Frame frame)
{
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, 16 * 16, nullptr);
  gst_buffer_memset (buffer, 0, 128, 16 * 16);
  GST_BUFFER_PTS (buffer) = static_cast<GstClockTime> (frame.time) * ms;
  if (frame.length > 0)
    GST_BUFFER_DURATION (buffer) = static_cast<GstClockTime> (frame.length) * ms;
  stream.push (buffer);
}

// Frames of 40 ms one after the other, which say so.
void push_run (SinkHarness &stream, int from, int count)
{
  for (int i = 0; i < count; ++i)
    push (stream, {from + i * 40, 40});
}

std::string text_at_end (SinkHarness &stream)
{
  stream.push (gst_event_new_eos ());
  std::string text;
  while (const Batch batch = stream.pull ())
    text += (text.empty () ? "" : " | ") + text_of (batch.get ());
  return text;
}

void require_text (const std::string &text, const std::string &due, const std::string &what = "")
{
  fail_unless_in_loop (text == due, "%s: %s instead of %s", what.c_str (), text.c_str (),
                       due.c_str ());
}

}  // namespace

GST_START_TEST (test_still)
{
  const struct {
    int length;
    const char *max_gap, *due;
  } kCases[] = {
      {4000, "", "0@0+40 1@40+40 2@80+40 3@120+4000 4@4120+40 5@4160+40"},
      // Not quite
      {3930, "", "0@0+40 1@40+40 2@80+40 3@120+4000 4@4120+40 5@4160+40"},
      // Longer than it was shown
      {9000, "", "0@0+40 1@40+40 2@80+40 3@120+4000 4@4120+40 5@4160+40"},
      {1000, "max-gap=0", "0@0+40 1@40+40 2@80+40 3@120+1000 ~3000 4@4120+40 5@4160+40"},
      {1000, "max-gap=2900000000", "0@0+40 1@40+40 2@80+40 3@120+1000 | 4@4120+40 5@4160+40"},
  };
  for (const char *caps : {kCaps, kCapsWithoutRate}) {
    for (const auto &c : kCases) {
      SinkHarness stream ("", c.max_gap);
      stream.open (caps);
      push_run (stream, 0, 3);
      push (stream, {120, c.length});
      push_run (stream, 4120, 2);
      require_text (text_at_end (stream), c.due, std::to_string (c.length));
    }
  }
}
GST_END_TEST

GST_START_TEST (test_hanging_camera)
{
  for (const char *caps : {kCaps, kCapsWithoutRate}) {
    SinkHarness stream ("", "");
    stream.open (caps);
    push_run (stream, 0, 4);
    push_run (stream, 600000, 2);
    require_text (text_at_end (stream),
                  "0@0+40 1@40+40 2@80+40 3@120+40 | 4@600000+40 5@600040+40");
  }
}
GST_END_TEST

GST_START_TEST (test_still_within_number)
{
  SinkHarness stream ("every=3", "");
  stream.open (kCaps);
  push_run (stream, 0, 4);
  push (stream, {160, 4000});
  push_run (stream, 4160, 4);
  require_text (text_at_end (stream), "0@0+120 1@120+4080 2@4200+120");
}
GST_END_TEST

GST_START_TEST (test_hole_within_number)
{
  SinkHarness stream ("every=3", "max-gap=0");
  stream.open (kCaps);
  push_run (stream, 0, 5);
  push_run (stream, 4000, 4);
  require_text (text_at_end (stream), "0@0+120 1@120+120 ~3800 2@4040+120");
}
GST_END_TEST

GST_START_TEST (test_hole_behind_still)
{
  // Nobody promises how long a number's other frames are.
  SinkHarness stream ("every=3", "max-gap=0");
  stream.open (kCapsWithoutRate);
  push_run (stream, 0, 3);
  push (stream, {120, 4000});
  push_run (stream, 4120, 2);
  push_run (stream, 14200, 3);
  require_text (text_at_end (stream), "0@0+120 1@120+4080 ~10000 2@14200+120");
}
GST_END_TEST

GST_START_TEST (test_still_by_time)
{
  // The second frame of number 0 stays while 1 to 4 were due.
  SinkHarness stream ("numbering=time rate=5", "");
  stream.open (kCaps);
  push_run (stream, 0, 1);
  push (stream, {40, 1000});
  push_run (stream, 1040, 5);
  require_text (text_at_end (stream), "0@0+1040 5@1040+160 6@1200+40");

  // What says nothing of its length stays for its slot.
  SinkHarness hole ("numbering=time rate=5", "max-gap=0");
  hole.open (kCaps);
  push_run (hole, 0, 1);
  push (hole, {40});
  push_run (hole, 1040, 5);
  require_text (text_at_end (hole), "0@0+200 ~840 5@1040+160 6@1200+40");
}
GST_END_TEST

GST_START_TEST (test_repeated)
{
  SinkHarness stream ("! videorate ! video/x-raw,framerate=25/1", "");
  stream.open (kCapsWithoutRate);
  for (const int time : {0, 40, 80, 120, 4120, 4160, 4200, 4240})
    push (stream, {time});
  require_text (text_at_end (stream),
                "0@0+40 1@40+40 2@80+40 3@120+2040 4@2160+2000 5@4160+40 6@4200+40 7@4240+40");
}
GST_END_TEST

GST_START_TEST (test_slow_numbers)
{
  for (const int length : {0, 40, 200}) {
    SinkHarness stream ("every=5", "");
    stream.open (kCaps);
    for (int i = 0; i < 20; ++i)
      push (stream, {i * 200, length});
    const std::string text = text_at_end (stream);
    fail_unless_in_loop (text.find ('~') == std::string::npos, "%d ms: %s", length, text.c_str ());
    require_text (text.substr (0, text.find (" 3@")), "0@0+1000 1@1000+1000 2@2000+1000");
  }

  // Slower for a while, within a number
  SinkHarness stream ("every=15", "max-gap=0");
  stream.open (kCaps);
  push_run (stream, 0, 5);
  for (int i = 0; i < 5; ++i)
    push (stream, {360 + i * 200, 40});
  push_run (stream, 1200, 20);
  require_text (text_at_end (stream), "0@0+1400 1@1400+600");
}
GST_END_TEST

GST_START_TEST (test_left_out)
{
  constexpr const char *kFewer = " ! videorate ! video/x-raw,framerate=5/1";
  for (const char *numbering : {"", "numbering=time rate=25"}) {
    SinkHarness stream (numbering + std::string (kFewer), "batch-size=2");
    stream.open (kCaps);
    push_run (stream, 0, 26);
    require_text (text_at_end (stream),
                  "0@0+200 5@200+200 | 10@400+200 15@600+200 | 20@800+200 25@1000+200", numbering);
  }

  // A recording ends 2 ms after the last frame that videorate makes of it.
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.stop = 1002 * ms;
  SinkHarness stream (kFewer, "");
  stream.open (kCaps);
  stream.push (gst_event_new_segment (&segment));
  push_run (stream, 0, 26);
  require_text (text_at_end (stream),
                "0@0+200 5@200+200 10@400+200 15@600+200 20@800+200 25@1000+200");
}
GST_END_TEST

GST_START_TEST (test_last)
{
  SinkHarness stream ("every=3", "history=10000000000");
  stream.open (kCaps);
  push_run (stream, 0, 4);
  push (stream, {160, 3000});
  require_text (text_at_end (stream), "0@0+120 1@120+3040");
  GstNumproBatch *past = nullptr;
  g_signal_emit_by_name (stream.sink (), "pull-history", guint64{2000 * ms}, guint64{2100 * ms},
                         &past);
  const Batch owned (past);
  fail_unless (past != nullptr, "the still is not in the history");
  require_text (text_of (past), "1@120+3040");
}
GST_END_TEST

GST_START_TEST (test_too_long)
{
  // Longer than the stream, which ends a little later or as soon as the frame has begun.
  const struct {
    GstClockTime stop;
    const char *due;
  } kCases[] = {{1000 * ms, "0@0+40 1@40+40 2@80+40 3@120+880"},
                {121 * ms, "0@0+40 1@40+40 2@80+40 3@120+40"}};
  for (const auto &[stop, due] : kCases) {
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    segment.stop = stop;
    SinkHarness stream ("", "");
    stream.open (kCaps);
    stream.push (gst_event_new_segment (&segment));
    push_run (stream, 0, 3);
    push (stream, {120, 3600000});
    require_text (text_at_end (stream), due);
  }
}
GST_END_TEST

GST_START_TEST (test_lost_sample)
{
  // The frames up to the next sample followed one that is not there.
  const auto sample_at = [] (guint64 number, GstClockTime time) {
    numpro::SampledFrame frame;
    frame.sample.reset (gst_numpro_sample_new (number));
    frame.sample->slot = number;
    frame.sample->stream_time = time;
    frame.sample->duration = 40 * ms;
    frame.pace.frame_interval = 40 * ms;
    return frame;
  };
  const numpro::SampledFrame sample = sample_at (0, 0);
  numpro::SampledFrame next = sample_at (26, 1040 * ms);
  next.shown_before = {.from = 1000 * ms, .until = 1040 * ms};
  fail_unless_equals_uint64 (numpro::gap_between (sample, next), 1000 * ms);
  next.shown_before.from = 0;
  fail_unless_equals_uint64 (numpro::gap_between (sample, next), 0);
}
GST_END_TEST

GST_START_TEST (test_backwards)
{
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = -1;
  segment.stop = 5000 * ms;
  SinkHarness stream ("", "max-gap=0");
  stream.open (kCaps);
  stream.push (gst_event_new_segment (&segment));
  for (const Frame &frame : {Frame{4960, 40}, {4920, 40}, {4880, 40}, {880, 4000}})
    push (stream, frame);
  require_text (text_at_end (stream),
                "0@4960(40)+40 1@4920(80)+40 2@4880(120)+40 ~3960 3@880(4120)+40");
}
GST_END_TEST

GST_START_TEST (test_recording)
{
  const TemporaryDirectory directory;
  const std::string file = (directory.path () / "still.mov").string ();
  record_frames ("25/1", {0, 40, 80, 120, 4120, 4160, 4200, 4240},
                 "jpegenc ! qtmux ! filesink location=" + file);
  const struct {
    const char *numbering, *due;
  } kCases[] = {{"", "0@0+40 1@40+40 2@80+40 3@120+4000 4@4120+40 5@4160+40 "},
                {"numbering=time rate=5", "0@0+4120 20@4120+"}};
  for (const auto &[numbering, due] : kCases) {
    // Without the parser that decodebin of GStreamer 1.26 adds, which hands on no durations.
    const std::string text =
        outcome_of ("filesrc location=" + file + " ! qtdemux ! jpegdec", numbering).text;
    require_text (text.substr (0, std::string (due).size ()), due, text);
  }
}
GST_END_TEST

static Suite *stills_suite ()
{
  Suite *suite = suite_create ("stills");
  TCase *tcase = tcase_create ("stills");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_still);
  tcase_add_test (tcase, test_hanging_camera);
  tcase_add_test (tcase, test_still_within_number);
  tcase_add_test (tcase, test_hole_within_number);
  tcase_add_test (tcase, test_hole_behind_still);
  tcase_add_test (tcase, test_still_by_time);
  tcase_add_test (tcase, test_repeated);
  tcase_add_test (tcase, test_slow_numbers);
  tcase_add_test (tcase, test_left_out);
  tcase_add_test (tcase, test_last);
  tcase_add_test (tcase, test_too_long);
  tcase_add_test (tcase, test_lost_sample);
  tcase_add_test (tcase, test_backwards);
  tcase_add_test (tcase, test_recording);
  return suite;
}

GST_CHECK_MAIN (stills)
