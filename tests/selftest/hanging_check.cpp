/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A check that never ends, and one that fails and leaves a thread running, for watchdog_test.py.

#include <sys/prctl.h>

#include <future>
#include <thread>

#include "tests/support/watchdog.h"

static void wait_in_vain (std::promise<void> &never)
{
  prctl (PR_SET_NAME, "in-vain");
  never.get_future ().wait ();
}

GST_START_TEST (test_ends) {}
GST_END_TEST

GST_START_TEST (test_hangs)
{
  std::promise<void> never;
  std::thread thread (wait_in_vain, std::ref (never));
  thread.join ();
}
GST_END_TEST

GST_START_TEST (test_fails)
{
  GstElement *pipeline = gst_parse_launch ("videotestsrc num-buffers=1 ! fakesink", nullptr);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  GstBus *bus = gst_element_get_bus (pipeline);
  gst_message_unref (gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS));
  gst_object_unref (bus);
  fail_unless (pipeline == nullptr, "pipeline %d is left", 7);
}
GST_END_TEST

static Suite *hanging_suite ()
{
  Suite *suite = suite_create ("hanging");
  TCase *tcase = tcase_create ("hanging");
  suite_add_tcase (suite, tcase);
  if (!g_getenv ("UNBOUNDED"))
    bound_checks (tcase, 0.5);
  tcase_add_test (tcase, test_ends);
  tcase_add_test (tcase, test_hangs);
  tcase_add_test (tcase, test_fails);
  return suite;
}

GST_CHECK_MAIN (hanging)
