/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Frames without times, and with strange ones.
//
// test_time_without_pts: numbers made up where none can be known.
// test_label_without_pts: the same for labels that are times; GST_CLOCK_TIME_NONE as a label.
// test_count_without_pts: an error where no time is needed.
// test_missing_pts: a stream that one frame without a time ends, or that never ends without times.
// test_strange_times: times of day, or before the start, that nobody is told of.
// test_bytes_segment: criticals about a segment that counts no time.

#include "tests/support/overlayonbus.h"

GST_START_TEST (test_time_without_pts)
{
  OverlayOnBus overlay ("numproverlay numbering=time");
  fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_ERROR);
  assert_one_error (overlay, "numbering=time");
  fail_unless (overlay.out () == nullptr);
}
GST_END_TEST;

GST_START_TEST (test_label_without_pts)
{
  for (const char *stamp : {"seconds", "clock"}) {
    OverlayOnBus overlay (std::string ("numproverlay stamp=") + stamp);
    fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_ERROR);
    assert_one_error (overlay, (std::string ("stamp=") + stamp).c_str ());
    fail_unless (overlay.out () == nullptr);
  }
}
GST_END_TEST;

GST_START_TEST (test_count_without_pts)
{
  // White, which can be read on the frames: there is nothing to complain of.
  OverlayOnBus overlay ("numproverlay start=3 color=0xffffffff");
  fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_OK);
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (overlay.out ());
  fail_unless_equals_uint64 (meta->number, 3);
  fail_unless_equals_uint64 (meta->slot_start, GST_CLOCK_TIME_NONE);
  fail_unless_equals_int (overlay.count (GST_MESSAGE_ANY), 0);
}
GST_END_TEST;

// One frame without a time among others ends nothing, and is told; a stream that has lost its times
// ends all the same.
GST_START_TEST (test_missing_pts)
{
  for (const char *properties : {"numbering=time", "stamp=clock", "stamp=seconds numbering=time"}) {
    OverlayOnBus overlay (std::string ("numproverlay color=0xffffffff ") + properties);
    GstClockTime pts = 0;
    const auto push_timed = [&] {
      fail_unless_equals_int (overlay.push (timed_frame (kCaps, pts += GST_SECOND)), GST_FLOW_OK);
    };
    push_timed ();
    fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_OK);
    fail_unless (gst_buffer_get_numpro_meta (overlay.out ()) != nullptr);
    assert_says (text_of (overlay.posted (GST_MESSAGE_WARNING)), "has no timestamp");
    push_timed ();
    fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_OK);
    push_timed ();
    fail_unless_equals_int (overlay.count (GST_MESSAGE_ANY), 0);

    GstFlowReturn flow = GST_FLOW_OK;
    int frames = 0;
    while (frames < 1000 && flow == GST_FLOW_OK) {
      flow = overlay.push (untimed_frame ());
      ++frames;
    }
    fail_unless_equals_int (flow, GST_FLOW_ERROR);
    fail_unless_equals_int (frames, 101);
    assert_one_error (overlay, "timestamp its buffers (appsrc: format=time do-timestamp=true)");
  }
}
GST_END_TEST;

// Times of day, and times before the start: the numbers are right, and hardly what was meant.
GST_START_TEST (test_strange_times)
{
  const struct {
    const char *properties;
    GstClockTime first;
    const char *warning;
  } kCases[] = {
      {"numbering=time", 1767225600 * GST_SECOND, "20454 days ahead, and has number 1767225600"},
      {"numbering=time", 86401 * GST_SECOND, "1 days ahead"},
      {"numbering=time", 86399 * GST_SECOND, nullptr},
      {"numbering=count", 1767225600 * GST_SECOND, nullptr},
  };
  for (const auto &c : kCases) {
    OverlayOnBus overlay (std::string ("numproverlay color=0xffffffff ") + c.properties);
    for (guint64 i = 0; i < 3; ++i)
      fail_unless_equals_int (overlay.push (timed_frame (kCaps, c.first + i * GST_SECOND)),
                              GST_FLOW_OK);
    if (c.warning)
      assert_says (text_of (overlay.posted (GST_MESSAGE_WARNING)), c.warning);
    fail_unless_equals_int (overlay.count (GST_MESSAGE_ANY), 0);
  }

  // What the warning advises.
  OverlayOnBus reset ("numproverlay color=0xffffffff numbering=time start=5");
  g_signal_emit_by_name (reset.element (), "reset");
  fail_unless_equals_int (reset.push (timed_frame (kCaps, kCases[0].first)), GST_FLOW_OK);
  fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (reset.out ())->number, 5);
  fail_unless_equals_int (reset.count (GST_MESSAGE_ANY), 0);

  OverlayOnBus early ("numproverlay color=0xffffffff numbering=time");
  gst_pad_set_offset (early.harness ()->srcpad, -10 * static_cast<gint64> (GST_SECOND));
  for (GstClockTime pts = 0; pts < 20 * GST_SECOND; pts += GST_SECOND) {
    fail_unless_equals_int (early.push (timed_frame (kCaps, pts)), GST_FLOW_OK);
    fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (early.out ())->number,
                               pts < 10 * GST_SECOND ? 0 : pts / GST_SECOND - 10);
  }
  assert_says (text_of (early.posted (GST_MESSAGE_WARNING)), "10.0 s before running time 0");
  fail_unless_equals_int (early.count (GST_MESSAGE_ANY), 0);
}
GST_END_TEST;

GST_START_TEST (test_bytes_segment)
{
  const char *numbering[] = {"count", "time"};
  OverlayOnBus overlay (std::string ("numproverlay numbering=") + numbering[__i__], nullptr);
  GstHarness *harness = overlay.harness ();
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  fail_unless (gst_harness_push_event (harness, gst_event_new_stream_start ("bytes")));
  fail_unless (gst_harness_push_event (harness, gst_event_new_caps (gst_caps_from_string (kCaps))));
  fail_unless (gst_harness_push_event (harness, gst_event_new_segment (&segment)));
  if (__i__ == 0) {
    fail_unless_equals_int (overlay.push (timed_frame ()), GST_FLOW_OK);
    fail_unless_equals_int (overlay.count (GST_MESSAGE_ERROR), 0);
  } else {
    fail_unless_equals_int (overlay.push (timed_frame ()), GST_FLOW_ERROR);
    assert_one_error (overlay, "numbering=time");
  }
}
GST_END_TEST;

static Suite *stream_times_suite ()
{
  Suite *suite = suite_create ("stream times");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_time_without_pts);
  tcase_add_test (tcase, test_label_without_pts);
  tcase_add_test (tcase, test_count_without_pts);
  tcase_add_test (tcase, test_missing_pts);
  tcase_add_test (tcase, test_strange_times);
  tcase_add_loop_test (tcase, test_bytes_segment, 0, 2);
  return suite;
}

GST_CHECK_MAIN (stream_times)
