/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A server that never answers, and a live stream that must not notice.
//
// test_neighbour: a frame that is late, or missing, in a branch beside numprosink; memory that
//   grows as long as nobody answers; a question that is lost without a word.

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/support/askingpipeline.h"
#include "tests/support/loopcheck.h"
#include "tests/support/readerprocess.h"

namespace {

constexpr int kRate = 30;
constexpr int kFrames = 6 * kRate;

// When a frame arrived, by the clock of the process.
struct Arrivals {
  std::vector<gint64> times;
  std::vector<std::size_t> memory;  // resident then, in KiB
};

std::size_t resident ()
{
  std::ifstream status ("/proc/self/status");
  for (std::string line; std::getline (status, line);) {
    if (line.starts_with ("VmRSS:"))
      return std::stoul (line.substr (6));
  }
  return 0;
}

void on_frame (GstElement *, GstBuffer *, GstPad *, Arrivals *arrivals)
{
  arrivals->times.push_back (g_get_monotonic_time ());
  arrivals->memory.push_back (resident ());
}

}  // namespace

// No queue before numprosink: whatever it waits for, its neighbour waits for too.
GST_START_TEST (test_neighbour)
{
  ReaderProcess reader ({"--faults=hang"});
  AskingPipeline pipeline (
      "videotestsrc is-live=true pattern=black num-buffers=" + std::to_string (kFrames) +
      " ! video/x-raw,format=I420,width=1920,height=1080,framerate=" + std::to_string (kRate) +
      "/1 ! tee name=t  t. ! numproverlay ! numprosink name=sink async=false batch-size=4 max-batches=4 "
      "history=0 drain-timeout=0 question=blue model=numpro-reader endpoint=" +
      reader.endpoint () +
      " t. ! queue ! fakesink name=beside async=false sync=false signal-handoffs=true");
  GstElement *beside = gst_bin_get_by_name (GST_BIN (pipeline.get ()), "beside");
  Arrivals arrivals;
  g_signal_connect (beside, "handoff", G_CALLBACK (on_frame), &arrivals);
  gst_object_unref (beside);
  pipeline.run ();
  pipeline.require_exact ();

  fail_unless_equals_int (static_cast<int> (arrivals.times.size ()), kFrames);
  const double seconds =
      static_cast<double> (arrivals.times.back () - arrivals.times.front ()) / 1e6;
  // Half a second for other programs: a wait for the server would be one of a minute.
  fail_unless (seconds < (kFrames - 1.) / kRate + 0.5, "%.2f s", seconds);

  // Once all that may wait does. The least of some, because on a busy machine a few frames wait now
  // and then.
  const auto least = [&] (int first) {
    const auto begin = arrivals.memory.begin () + first;
    return *std::min_element (begin, begin + kFrames / 8);
  };
  const std::size_t before = least (kFrames / 2), after = least (kFrames - kFrames / 8);
  const std::size_t growth = after - std::min (before, after);
  GST_INFO ("%.2f s, memory grew by %d KiB", seconds, static_cast<int> (growth));
  fail_unless (growth < 6 * 1024, "memory grew by %d KiB", static_cast<int> (growth));

  const AskingCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.samples, kFrames);
  fail_unless_equals_uint64 (now.questions, kFrames / 4);
  fail_unless_equals_uint64 (now.dropped, kFrames / 4);
  fail_unless_equals_uint64 (now.samples_dropped, kFrames);
}
GST_END_TEST

static Suite *live_suite ()
{
  Suite *suite = suite_create ("live");
  TCase *tcase = tcase_create ("live");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_neighbour);
  return suite;
}

GST_CHECK_MAIN (live)
