/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Starting, stopping and starting again.
//
// test_start_stop: state that outlives a stop, or is used before a start: crashes, deadlocks and
//   numbers that go on from the last run.
// test_restart_numbers: a READY->PAUSED that does not start at `start` again, or that counts with
//   the rule of the run before; statistics that add up over runs.
// test_pause_keeps_numbers: the opposite: PAUSED and back is no new start.
// test_states_from_threads: a stop while a frame is being drawn, a property that is set between
//   two runs.
// test_no_leaks: buffers, pools, caps or overlays that nobody frees, in every way that a frame can
//   take through the element.

#include <gst/numpro/numpro.h>

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/pipeline.h"
#include "tests/support/pixels.h"

namespace {

constexpr int kCycles = 200;

constexpr const char *kSources[] = {
    "videotestsrc ! video/x-raw,format=I420,width=32,height=24,framerate=1000/1",
    "videotestsrc is-live=true ! video/x-raw,format=I420,width=32,height=24,framerate=1000/1",
};

guint64 number_of (const Buffer &buffer)
{
  fail_unless (buffer != nullptr);
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (buffer.get ());
  fail_unless (meta != nullptr);
  return meta->number;
}

// Every way of a frame: in place, copied, silent, by lines, by palette, with a new format and a new
// font under way, and pushed to a peer that is gone.
constexpr const char *kWays[] = {
    "videotestsrc num-buffers=5 ! video/x-raw,format=NV12,width=64,height=48 ! numproverlay ! "
    "fakesink",
    "videotestsrc num-buffers=5 ! video/x-raw,format=I420,width=64,height=48 ! tee name=t "
    "t. ! queue ! numproverlay ! fakesink  t. ! queue ! numproverlay stamp=clock ! fakesink "
    "t. ! queue ! fakesink",
    "videotestsrc num-buffers=5 ! video/x-raw,width=64,height=48 ! tee name=t "
    "t. ! queue ! numproverlay silent=true ! fakesink  t. ! queue ! fakesink",
    "videotestsrc num-buffers=5 ! video/x-raw,format=v210,width=64,height=48 ! numproverlay ! "
    "numproverlay outline-width=3 shaded-background=true ! fakesink",
    "videotestsrc num-buffers=5 ! video/x-raw,format=RGB8P,width=64,height=48 ! "
    "numproverlay font-desc=NoSuchFont ! fakesink",
    "videotestsrc num-buffers=5 ! video/x-raw,format=RGB,width=64,height=48 ! "
    "numproverlay numbering=time rate=10/1 ! videoscale ! video/x-raw,width=32 ! fakesink "
    "num-buffers=2",
};

void go_all_ways ()
{
  for (const char *way : kWays) {
    Pipeline pipeline (way);
    pipeline.run ();
  }

  Harness harness (gst_harness_new ("numproverlay"));
  for (const char *features :
       {"", "(memory:Fake)", "(memory:Fake, meta:GstVideoOverlayComposition)"}) {
    const std::string rest = ", format=I420, width=64, height=48, framerate=25/1";
    const std::string source = std::string ("video/x-raw") + features + rest;
    const std::string sink = std::string ("video/x-raw") +
                             (*features ? "(memory:Fake, meta:GstVideoOverlayComposition)" : "") +
                             rest;
    gst_harness_set_caps_str (harness.get (), source.c_str (), sink.c_str ());
    for (int i = 0; i < 3; ++i) {
      g_object_set (harness->element, "color", 0xff000000u + static_cast<guint> (i), nullptr);
      Buffer buffer = plain_frame (info_from ("video/x-raw" + rest));
      Buffer held (gst_buffer_ref (buffer.get ()));
      Buffer out (gst_harness_push_and_pull (harness.get (), buffer.release ()));
      fail_unless (out != nullptr);
      // One of a composition that is there already.
      out.reset (gst_harness_push_and_pull (harness.get (), out.release ()));
      fail_unless (out != nullptr);
    }
    // What is refused is freed too.
    if (!*features) {
      gst_harness_push (harness.get (), gst_buffer_new_allocate (nullptr, 10, nullptr));
      Buffer held (gst_buffer_new_allocate (nullptr, 10, nullptr));
      gst_harness_push (harness.get (), gst_buffer_ref (held.get ()));
    }
  }
}

GstTracer *leaks_tracer ()
{
  GList *tracers = gst_tracing_get_active_tracers ();
  GstTracer *found = nullptr;
  for (GList *l = tracers; l; l = l->next) {
    if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), "GstLeaksTracer"))
      found = GST_TRACER (l->data);
  }
  g_list_free_full (tracers, gst_object_unref);
  return found;  // lives as long as the process
}

// How many objects of each type are alive, overlooking those that live for ever anyway.
std::map<std::string, int> live_objects (GstTracer *tracer)
{
  GstStructure *structure = nullptr;
  g_signal_emit_by_name (tracer, "get-live-objects", &structure);
  const Structure owner (structure);
  std::map<std::string, int> live;
  const GValue *list = gst_structure_get_value (structure, "live-objects-list");
  for (guint i = 0; i < gst_value_list_get_size (list); ++i) {
    const GstStructure *entry = gst_value_get_structure (gst_value_list_get_value (list, i));
    const GValue *object = gst_structure_get_value (entry, "object");
    ++live[G_VALUE_TYPE_NAME (object)];
  }
  return live;
}

}  // namespace

GST_START_TEST (test_start_stop)
{
  Pipeline pipeline (std::string (kSources[__i__]) +
                     " ! numproverlay name=overlay start=7 ! appsink name=out drop=true "
                     "max-buffers=1");
  const Element overlay = pipeline.child ("overlay");
  for (int i = 0; i < kCycles; ++i) {
    pipeline.reach (GST_STATE_PLAYING);
    // Now and then a run that is stopped before its first frame.
    if (i % 4 != 0)
      fail_unless (number_of (pipeline.pull ("out")) >= 7);
    pipeline.reach (GST_STATE_NULL);
  }

  // After all that a run is as the first was.
  pipeline.reach (GST_STATE_PAUSED);
  pipeline.set_state (GST_STATE_PLAYING);
  fail_unless (number_of (pipeline.pull ("out")) >= 7);
  const guint64 frames = stat (overlay.get (), "frames");
  fail_unless (frames > 0 && frames < 2000, "%" G_GUINT64_FORMAT " frames", frames);
}
GST_END_TEST;

GST_START_TEST (test_restart_numbers)
{
  Pipeline pipeline (
      "videotestsrc num-buffers=20 ! video/x-raw,format=I420,width=32,height=24,framerate=25/1 ! "
      "numproverlay name=overlay start=7 ! fakesink");
  const Element overlay = pipeline.child ("overlay");
  std::vector<guint64> numbers;
  const std::unique_ptr<GstPad, Freer<gst_object_unref>> pad (
      gst_element_get_static_pad (overlay.get (), "src"));
  const auto note = [] (GstPad *, GstPadProbeInfo *probe, gpointer list) {
    const GstNumproMeta *meta = gst_buffer_get_numpro_meta (GST_PAD_PROBE_INFO_BUFFER (probe));
    static_cast<std::vector<guint64> *> (list)->push_back (meta->number);
    return GST_PAD_PROBE_OK;
  };
  gst_pad_add_probe (pad.get (), GST_PAD_PROBE_TYPE_BUFFER, note, &numbers, nullptr);

  for (guint64 start : {guint64{7}, guint64{7}, guint64{100}}) {
    g_object_set (overlay.get (), "start", start, nullptr);
    numbers.clear ();
    pipeline.reach (GST_STATE_PAUSED);
    // Set during a run it is for the next one.
    g_object_set (overlay.get (), "start", guint64{55}, nullptr);
    pipeline.run ();
    fail_unless_equals_uint64 (numbers.size (), 20);
    for (std::size_t i = 0; i < numbers.size (); ++i)
      fail_unless_equals_uint64 (numbers[i], start + i);
    fail_unless_equals_uint64 (stat (overlay.get (), "frames"), 20);
    fail_unless_equals_uint64 (stat (overlay.get (), "stamped"), 20);
    fail_unless_equals_uint64 (property<guint64> (overlay.get (), "number"), start + 19);
    pipeline.reach (GST_STATE_READY);
  }
}
GST_END_TEST;

GST_START_TEST (test_pause_keeps_numbers)
{
  Pipeline pipeline (std::string (kSources[0]) +
                     " ! numproverlay name=overlay start=3 ! fakesink sync=false");
  const Element overlay = pipeline.child ("overlay");
  for (int i = 0; i < 15; ++i) {
    const guint64 before = stat (overlay.get (), "frames");
    pipeline.reach (GST_STATE_PLAYING);
    while (stat (overlay.get (), "frames") <= before)
      g_usleep (1000);
    // Once it is paused, the frame that is held back at the sink was the last one.
    pipeline.reach (GST_STATE_PAUSED);
    fail_unless_equals_uint64 (property<guint64> (overlay.get (), "number"),
                               3 + stat (overlay.get (), "frames") - 1);
  }
}
GST_END_TEST;

GST_START_TEST (test_states_from_threads)
{
  Pipeline pipeline (std::string (kSources[__i__]) +
                     " ! tee name=t  t. ! queue ! numproverlay name=overlay ! fakesink sync=false "
                     "async=false  t. ! queue ! fakesink sync=false async=false");
  const Element overlay = pipeline.child ("overlay");
  std::atomic<bool> done = false;
  std::thread setter ([&] {
    for (guint i = 0; !done; ++i) {
      g_object_set (overlay.get (), "color", 0xff000000u + i, "start", guint64{i}, "every",
                    1 + i % 3, nullptr);
      g_signal_emit_by_name (overlay.get (), "reset");
      stat (overlay.get (), "frames");
      std::this_thread::yield ();
    }
  });
  std::thread switcher ([&] {
    constexpr GstState kStates[] = {GST_STATE_PLAYING, GST_STATE_READY, GST_STATE_PLAYING,
                                    GST_STATE_PAUSED,  GST_STATE_NULL,  GST_STATE_PAUSED};
    for (int i = 0; i < kCycles; ++i) {
      pipeline.set_state (kStates[static_cast<std::size_t> (i) % G_N_ELEMENTS (kStates)]);
      std::this_thread::sleep_for (std::chrono::milliseconds (2));
    }
  });
  switcher.join ();
  done = true;
  setter.join ();

  // The overlay's own state, behind the pipeline's back.
  pipeline.reach (GST_STATE_PLAYING);
  for (int i = 0; i < 20; ++i) {
    const GstState state = i % 2 ? GST_STATE_PLAYING : GST_STATE_PAUSED;
    fail_unless (gst_element_set_state (overlay.get (), state) != GST_STATE_CHANGE_FAILURE);
  }
  pipeline.reach (GST_STATE_NULL);
  g_object_set (overlay.get (), "start", guint64{0}, nullptr);
  const Message error (gst_bus_pop_filtered (pipeline.bus (), GST_MESSAGE_ERROR));
  fail_unless (error == nullptr);
}
GST_END_TEST;

GST_START_TEST (test_no_leaks)
{
  GstTracer *tracer = leaks_tracer ();
  if (!tracer) {
    // GStreamer may be built without tracing.
    g_print ("no leaks tracer: leaks are not looked for\n");
    return;
  }
  // What is made once and kept: static caps, default allocators, clocks.
  go_all_ways ();
  const std::map<std::string, int> before = live_objects (tracer);
  go_all_ways ();
  const std::map<std::string, int> after = live_objects (tracer);

  std::string leaks;
  for (const auto &[type, count] : after) {
    const auto earlier = before.find (type);
    const int more = count - (earlier == before.end () ? 0 : earlier->second);
    if (more > 0)
      leaks += " " + std::to_string (more) + " " + type;
  }
  fail_unless (leaks.empty (), "leaked:%s", leaks.c_str ());
  for (const char *type : {"GstNumproverlay", "GstBuffer", "GstVideoBufferPool",
                           "GstVideoOverlayComposition", "GstVideoOverlayRectangle"})
    fail_unless (after.count (type) == 0, "%d %s alive", after.at (type), type);
}
GST_END_TEST;

static Suite *states_suite ()
{
  Suite *suite = suite_create ("states");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_start_stop, 0, G_N_ELEMENTS (kSources));
  tcase_add_test (tcase, test_restart_numbers);
  tcase_add_test (tcase, test_pause_keeps_numbers);
  tcase_add_loop_test (tcase, test_states_from_threads, 0, G_N_ELEMENTS (kSources));
  tcase_add_test (tcase, test_no_leaks);
  return suite;
}

int main (int argc, char **argv)
{
  // Read when GStreamer starts, and inherited by the process of each test.
  g_setenv ("GST_TRACERS", "leaks", TRUE);
  gst_check_init (&argc, &argv);
  return gst_check_run_suite (states_suite (), "states", __FILE__);
}
