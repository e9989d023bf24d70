/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What GST_DEBUG=numproverlay shows to whoever must find out what happened.
//
// test_events: a decision (caps, way of drawing, copying, a new look, a reset) that leaves no
// trace. test_frames: frames that are logged at DEBUG, where they drown all else, or not at LOG.

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/handles.h"

namespace {

// Collects the lines of the element's category while it lives.
class Trace
{
 public:
  explicit Trace (GstDebugLevel level)
  {
    gst_debug_set_threshold_for_name ("numproverlay", level);
    gst_debug_add_log_function (log, this, nullptr);
  }
  ~Trace ()
  {
    gst_debug_remove_log_function (log);
    gst_debug_set_threshold_for_name ("numproverlay", GST_LEVEL_NONE);
  }
  Trace (const Trace &) = delete;
  Trace &operator= (const Trace &) = delete;

  int count (const char *words)
  {
    std::lock_guard lock (lock_);
    return static_cast<int> (std::count_if (
        lines_.begin (), lines_.end (),
        [&] (const std::string &line) { return line.find (words) != std::string::npos; }));
  }

 private:
  static void log (GstDebugCategory *category, GstDebugLevel, const gchar *, const gchar *, gint,
                   GObject *, GstDebugMessage *message, gpointer self)
  {
    if (g_strcmp0 (gst_debug_category_get_name (category), "numproverlay") != 0)
      return;
    auto *trace = static_cast<Trace *> (self);
    std::lock_guard lock (trace->lock_);
    trace->lines_.emplace_back (gst_debug_message_get (message));
  }

  std::mutex lock_;
  std::vector<std::string> lines_;
};

GstBuffer *push (GstHarness *harness, GstClockTime pts, bool held)
{
  GstBuffer *frame = gst_buffer_new_allocate (nullptr, 64 * 48 * 3 / 2, nullptr);
  gst_buffer_memset (frame, 0, 0, 64 * 48 * 3 / 2);
  GST_BUFFER_PTS (frame) = pts;
  if (held)
    gst_buffer_ref (frame);
  fail_unless_equals_int (gst_harness_push (harness, frame), GST_FLOW_OK);
  return held ? frame : nullptr;
}

// Two frames of which one is held by others, a new colour, a reset, and another frame.
void run ()
{
  Harness harness (gst_harness_new_parse ("numproverlay every=2"));
  Element overlay (gst_harness_find_element (harness.get (), "numproverlay"));
  gst_harness_set_src_caps_str (harness.get (),
                                "video/x-raw,format=I420,width=64,height=48,framerate=25/1");
  push (harness.get (), 0, false);
  Buffer held (push (harness.get (), 40 * GST_MSECOND, true));
  g_object_set (overlay.get (), "color", 0xff00ff00, nullptr);
  g_signal_emit_by_name (overlay.get (), "reset");
  push (harness.get (), 80 * GST_MSECOND, false);
}

}  // namespace

GST_START_TEST (test_events)
{
  Trace trace (GST_LEVEL_DEBUG);
  run ();
  fail_unless_equals_int (trace.count ("starts; other than by default: every=2"), 1);
  fail_unless_equals_int (trace.count ("draws on frames: video/x-raw"), 1);
  fail_unless_equals_int (trace.count ("GstEventSegment"), 1);
  fail_unless_equals_int (trace.count ("drew the characters"), 1);
  fail_unless_equals_int (trace.count ("draws on I420 64x48: in place"), 2);
  fail_unless_equals_int (trace.count ("copies frames"), 1);
  fail_unless_equals_int (trace.count ("changed: color=4278255360"), 1);
  fail_unless_equals_int (trace.count ("numbers start again"), 1);
  fail_unless_equals_int (trace.count ("stopped after 3 frames"), 1);
  fail_unless_equals_int (trace.count ("slot"), 0);
}
GST_END_TEST

GST_START_TEST (test_frames)
{
  Trace trace (GST_LEVEL_LOG);
  run ();
  fail_unless_equals_int (trace.count ("number 0, slot 0, pts 0:00:00.000000000, box "), 1);
  fail_unless_equals_int (trace.count ("number 0, slot 0"), 3);
}
GST_END_TEST

static Suite *trace_suite ()
{
  Suite *suite = suite_create ("trace");
  TCase *tests = tcase_create ("trace");
  tcase_add_test (tests, test_events);
  tcase_add_test (tests, test_frames);
  suite_add_tcase (suite, tests);
  return suite;
}

GST_CHECK_MAIN (trace);
