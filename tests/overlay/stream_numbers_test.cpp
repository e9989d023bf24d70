/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/numpro/numpro.h>

#include "tests/support/overlaystream.h"
// Last: defines a macro by the name of std::ios::fail.
#include <gst/check/gstcheck.h>

namespace {

// A stream of small frames, and the number that each of them gets.
class NumberedStream
{
 public:
  explicit NumberedStream (const std::string &properties) : stream_ (properties)
  {
    stream_.set_caps (info_);
  }

  guint64 number_at (GstClockTime pts)
  {
    GstBuffer *frame = gst_buffer_new_allocate (nullptr, info_.size, nullptr);
    gst_buffer_memset (frame, 0, 16, info_.size);
    GST_BUFFER_PTS (frame) = pts;
    meta_ = {};
    BufferPtr stamped (stream_.push (frame));
    fail_unless (stamped != nullptr, "refused: %s", gst_flow_get_name (stream_.last_flow ()));
    const GstNumproMeta *meta = gst_buffer_get_numpro_meta (stamped.get ());
    fail_unless (meta != nullptr);
    meta_ = *meta;
    guint64 property = 0;
    g_object_get (stream_.element (), "number", &property, nullptr);
    fail_unless_equals_uint64 (property, meta->number);
    return meta->number;
  }

  const GstNumproMeta &meta () const { return meta_; }
  void send (GstEvent *event) { fail_unless (gst_harness_push_event (stream_.harness (), event)); }
  void flush (GstEvent *segment)
  {
    send (gst_event_new_flush_start ());
    send (gst_event_new_flush_stop (TRUE));
    send (segment);
  }
  // In mid-stream: a caps event alone, where OverlayStream::set_caps starts a new segment too.
  void change_caps (const GstVideoInfo &info)
  {
    info_ = info;
    GstCaps *caps = gst_video_info_to_caps (&info_);
    send (gst_event_new_caps (caps));
    gst_caps_unref (caps);
  }
  GstElement *element () const { return stream_.element (); }

 private:
  OverlayStream stream_;
  GstVideoInfo info_ = video_info (GST_VIDEO_FORMAT_I420, 64, 48);
  GstNumproMeta meta_ = {};
};

GstEvent *segment (GstClockTime start, GstClockTime base, double rate = 1.0)
{
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.position = segment.time = start;
  segment.base = base;
  segment.rate = rate;
  return gst_event_new_segment (&segment);
}

}  // namespace

// Would catch a flush, a gap, a new segment or new caps that start `count` again or skip a number.
GST_START_TEST (test_count_goes_on)
{
  NumberedStream stream ("start=10");
  fail_unless_equals_uint64 (stream.number_at (0), 10);
  stream.send (gst_event_new_flush_start ());
  stream.send (gst_event_new_flush_stop (TRUE));
  stream.send (segment (5 * GST_SECOND, 0));
  fail_unless_equals_uint64 (stream.number_at (5 * GST_SECOND), 11);
  stream.send (gst_event_new_gap (6 * GST_SECOND, GST_SECOND));
  fail_unless_equals_uint64 (stream.number_at (7 * GST_SECOND), 12);
  stream.change_caps (video_info (GST_VIDEO_FORMAT_I420, 128, 96));
  fail_unless_equals_uint64 (stream.number_at (8 * GST_SECOND), 13);
  stream.change_caps (video_info (GST_VIDEO_FORMAT_NV12, 128, 96));
  fail_unless_equals_uint64 (stream.number_at (GST_CLOCK_TIME_NONE), 14);
}
GST_END_TEST

// Would catch `time` numbers that follow timestamps, or start again, instead of running time.
GST_START_TEST (test_time_follows_running_time)
{
  NumberedStream stream ("numbering=time rate=2/1");
  stream.send (segment (100 * GST_SECOND, 0));
  fail_unless_equals_uint64 (stream.number_at (100 * GST_SECOND), 0);
  fail_unless_equals_uint64 (stream.number_at (101 * GST_SECOND), 2);
  fail_unless_equals_uint64 (stream.meta ().slot_start, GST_SECOND);
  fail_unless_equals_uint64 (stream.meta ().slot_duration, GST_SECOND / 2);

  // A second play of the same file: timestamps start again, running time goes on.
  stream.send (segment (0, 2 * GST_SECOND));
  fail_unless_equals_uint64 (stream.number_at (0), 4);
  fail_unless_equals_uint64 (stream.number_at (500 * GST_MSECOND), 5);

  // A flushing seek resets running time, but not numbers; a doubled rate halves it.
  stream.flush (segment (30 * GST_SECOND, 0, 2.0));
  fail_unless_equals_uint64 (stream.number_at (34 * GST_SECOND), 6);
  fail_unless_equals_uint64 (stream.meta ().slot_start, 2 * GST_SECOND);
  stream.change_caps (video_info (GST_VIDEO_FORMAT_I420, 128, 96));
  fail_unless_equals_uint64 (stream.number_at (35 * GST_SECOND), 7);
}
GST_END_TEST

// Would catch an origin that outlives its time line: numbers that stand still until running time is
// where it was.
GST_START_TEST (test_reset_then_seek)
{
  NumberedStream stream ("numbering=time start=3");
  stream.number_at (4999 * GST_SECOND);
  g_signal_emit_by_name (stream.element (), "reset");
  fail_unless_equals_uint64 (stream.number_at (5000 * GST_SECOND), 3);
  fail_unless_equals_uint64 (stream.number_at (5001 * GST_SECOND), 4);
  stream.flush (segment (70 * GST_SECOND, 0));
  for (guint64 i = 0; i < 10; ++i) {
    fail_unless_equals_uint64 (stream.number_at ((70 + i) * GST_SECOND), 5 + i);
    fail_unless_equals_uint64 (stream.meta ().slot_start, i * GST_SECOND);
  }
  // Another one, which does not come to where running time was either.
  stream.flush (segment (0, 0));
  fail_unless_equals_uint64 (stream.number_at (GST_SECOND), 15);
  fail_unless_equals_uint64 (stream.number_at (2 * GST_SECOND), 16);
}
GST_END_TEST

// Would catch numbers that were there before, or that stand still, when the clock of a source
// starts again without a new segment; and numbers that one frame alone moves.
GST_START_TEST (test_times_that_fall_back)
{
  NumberedStream stream ("numbering=time rate=10");
  const auto frames_from = [&] (GstClockTime begin, guint64 number) {
    for (guint64 i = 0; i < 50; ++i)
      fail_unless_equals_uint64 (stream.number_at (begin + i * 100 * GST_MSECOND), number + i);
  };
  frames_from (600 * GST_SECOND, 6000);
  // A camera has started again: its second frame tells.
  fail_unless_equals_uint64 (stream.number_at (0), 6049);
  frames_from (100 * GST_MSECOND, 6050);
  // One frame from far before, and one from far ahead
  fail_unless_equals_uint64 (stream.number_at (0), 6099);
  frames_from (5100 * GST_MSECOND, 6100);
  fail_unless (stream.number_at (7200 * GST_SECOND) > 70000);
  frames_from (10100 * GST_MSECOND, 6150);
  // Frames out of order
  fail_unless_equals_uint64 (stream.number_at (15500 * GST_MSECOND), 6204);
  fail_unless_equals_uint64 (stream.number_at (15300 * GST_MSECOND), 6204);
  frames_from (15600 * GST_MSECOND, 6205);
  // A segment whose base does not go on
  stream.send (segment (0, 0));
  frames_from (2 * GST_SECOND, 6255);

  // The first frame is the one that is astray.
  NumberedStream other ("numbering=time rate=10");
  other.number_at (3600 * GST_SECOND);
  for (guint64 i = 0; i < 50; ++i)
    fail_unless_equals_uint64 (other.number_at (i * 100 * GST_MSECOND), i);
}
GST_END_TEST

// Would catch a slot that is said to begin before the seek that its other frames come after.
GST_START_TEST (test_count_slots_over_a_seek)
{
  NumberedStream stream ("every=4");
  fail_unless_equals_uint64 (stream.number_at (5000 * GST_SECOND), 0);
  stream.flush (segment (0, 0));
  fail_unless_equals_uint64 (stream.number_at (GST_SECOND), 0);
  fail_unless_equals_uint64 (stream.meta ().slot_start, GST_SECOND);
  fail_unless_equals_uint64 (stream.number_at (2 * GST_SECOND), 0);
  fail_unless_equals_uint64 (stream.meta ().slot_start, GST_SECOND);
}
GST_END_TEST

// Would catch frames from before the segment (not yet clipped) numbered astronomically high.
GST_START_TEST (test_time_before_the_segment)
{
  NumberedStream stream ("numbering=time start=3");
  stream.send (segment (10 * GST_SECOND, 0));
  fail_unless_equals_uint64 (stream.number_at (9 * GST_SECOND), 3);
  fail_unless_equals_uint64 (stream.number_at (10 * GST_SECOND), 3);
}
GST_END_TEST

// Would catch reset acting late, early or more than once.
GST_START_TEST (test_reset_action)
{
  NumberedStream stream ("start=5 every=2");
  for (guint64 expected : {5, 5, 6})
    fail_unless_equals_uint64 (stream.number_at (0), expected);
  g_signal_emit_by_name (stream.element (), "reset");
  for (guint64 expected : {5, 5, 6, 6, 7})
    fail_unless_equals_uint64 (stream.number_at (0), expected);
}
GST_END_TEST

// Would catch numbers that go on after a stop.
GST_START_TEST (test_starts_again_with_the_pipeline)
{
  GstElement *pipeline = gst_parse_launch (
      "videotestsrc num-buffers=5 ! video/x-raw,width=64,height=48 ! numproverlay name=o start=7 ! "
      "fakesink",
      nullptr);
  GstElement *overlay = gst_bin_get_by_name (GST_BIN (pipeline), "o");
  for (int run = 0; run < 3; ++run) {
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    GstBus *bus = gst_element_get_bus (pipeline);
    gst_message_unref (gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS));
    gst_object_unref (bus);
    guint64 number = 0, frames = 0, stamped = 0;
    GstStructure *stats = nullptr;
    g_object_get (overlay, "number", &number, "stats", &stats, nullptr);
    gst_structure_get (stats, "frames", G_TYPE_UINT64, &frames, "stamped", G_TYPE_UINT64, &stamped,
                       nullptr);
    gst_structure_free (stats);
    fail_unless_equals_uint64 (number, 11);
    fail_unless_equals_uint64 (frames, 5);
    fail_unless_equals_uint64 (stamped, 5);
    gst_element_set_state (pipeline, GST_STATE_READY);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (overlay);
  gst_object_unref (pipeline);
}
GST_END_TEST

// Would catch a meta that says other than what is drawn.
GST_START_TEST (test_meta_tells_the_look)
{
  NumberedStream stream ("wrap=4 start=6 color=0xff00ff00 halignment=left valignment=top");
  fail_unless_equals_uint64 (stream.number_at (GST_SECOND), 2);
  fail_unless_equals_uint64 (stream.meta ().slot, 6);
  fail_unless_equals_uint64 (stream.meta ().slot_start, GST_SECOND);
  fail_unless_equals_uint64 (stream.meta ().slot_duration,
                             gst_util_uint64_scale (1, GST_SECOND, 30));
  fail_unless_equals_int64_hex (stream.meta ().look.color, 0xff00ff00);
  fail_unless_equals_int (stream.meta ().look.halign, GST_NUMPRO_HALIGN_LEFT);
  fail_unless_equals_int (stream.meta ().look.valign, GST_NUMPRO_VALIGN_TOP);
}
GST_END_TEST

// Would catch a real seek in a real pipeline that loses or doubles a number.
GST_START_TEST (test_seeks)
{
  GstElement *pipeline = gst_parse_launch (
      "videotestsrc ! video/x-raw,width=64,height=48,framerate=10/1 ! numproverlay numbering=time "
      "rate=10/1 ! appsink name=sink sync=false",
      nullptr);
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  guint64 least = 0;
  for (gint64 position : {0, 60, 7, 3600}) {
    fail_unless (gst_element_seek_simple (
        pipeline, GST_FORMAT_TIME,
        static_cast<GstSeekFlags> (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE),
        position * static_cast<gint64> (GST_SECOND)));
    // What a seek overtakes has numbers of its own.
    const guint64 before = least;
    for (guint64 i = 0; i < 25; ++i) {
      GstSample *sample = nullptr;
      g_signal_emit_by_name (sink, "pull-sample", &sample);
      fail_unless (sample != nullptr);
      const guint64 number = gst_buffer_get_numpro_meta (gst_sample_get_buffer (sample))->number;
      if (i == 0)
        fail_unless (number >= before, "%d again", static_cast<int> (number));
      else
        fail_unless_equals_uint64 (number, least);
      least = number + 1;
      gst_sample_unref (sample);
    }
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
}
GST_END_TEST

static Suite *stream_suite ()
{
  Suite *suite = suite_create ("stream");
  TCase *tcase = tcase_create ("stream");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_count_goes_on);
  tcase_add_test (tcase, test_time_follows_running_time);
  tcase_add_test (tcase, test_reset_then_seek);
  tcase_add_test (tcase, test_times_that_fall_back);
  tcase_add_test (tcase, test_count_slots_over_a_seek);
  tcase_add_test (tcase, test_time_before_the_segment);
  tcase_add_test (tcase, test_reset_action);
  tcase_add_test (tcase, test_starts_again_with_the_pipeline);
  tcase_add_test (tcase, test_meta_tells_the_look);
  tcase_add_test (tcase, test_seeks);
  return suite;
}

GST_CHECK_MAIN (stream)
