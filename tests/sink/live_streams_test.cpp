/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What applications do with streams while they run: switched, branched, paused, mixed, many at
// once, very fast and very slow.
//
// test_switched: input-selector between two numbered cameras, in one batch; a camera without
// numbers
//   that is not told, or what came before it lost untold.
// test_branch: a branch of a tee that is added and taken away, at the cost of another's frames.
// test_cameras: batches, bundles and counts of two dozen streams in one process that are mixed up.
// test_paused: numbers that are left out or come twice where a camera is paused.
// test_repeated: frames that videorate repeats or leaves out, sampled twice or as what they are
// not. test_mixed: pictures that compositor makes of several, with the number of one of them.
// test_fast: a thousand frames a second, whose times or numbers are rounded away.
// test_slow: a frame a minute taken for holes, or never in a batch.

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gst/app/gstappsrc.h>

#include "tests/support/sinkharness.h"
#include "tests/support/sinkpipeline.h"
#include "tests/support/streamoutcome.h"
#include "tests/support/temporarydirectory.h"
#include "tests/support/watchdog.h"
#include "tests/support/wholebundle.h"

namespace {

using Numbers = std::vector<guint64>;
using Pad = std::unique_ptr<GstPad, Freer<gst_object_unref>>;

constexpr gsize kFrameBytes = 64 * 48;
constexpr const char *kCaps = "video/x-raw,format=GRAY8,width=64,height=48,framerate=10/1";
constexpr const char *kLook = "reference-height=0 font-size=24 ";
constexpr const char *kPulled = "batch-size=0 batch-time=3600000000000 leaky-type=none";

GstBuffer *frame_at (GstClockTime time)
{
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, kFrameBytes, nullptr);
  gst_buffer_memset (buffer, 0, 16, kFrameBytes);
  GST_BUFFER_PTS (buffer) = time;
  return buffer;
}

Numbers numbers_from (guint64 first, std::size_t count)
{
  Numbers numbers;
  for (std::size_t i = 0; i < count; ++i)
    numbers.push_back (first + i);
  return numbers;
}

Numbers pull_numbers (SinkPipeline &pipeline)
{
  const Batch batch = pipeline.pull ();
  return batch ? numbers_of (batch.get ()) : Numbers{};
}

// Two cameras, one of which is seen.
class SwitchedCameras
{
 public:
  explicit SwitchedCameras (const std::string &second)
      : pipeline_ (std::string ("appsrc name=camera0 format=time caps=") + kCaps +
                       " ! numproverlay start=100 " + kLook +
                       "! selector.sink_0 appsrc name=camera1 format=time caps=" + kCaps + " ! " +
                       second +
                       " ! selector.sink_1 input-selector name=selector sync-streams=false",
                   kPulled)
  {
    show (0);
    pipeline_.play ();
  }

  SinkPipeline &pipeline () { return pipeline_; }

  void show (int camera)
  {
    const Element selector (gst_bin_get_by_name (GST_BIN (pipeline_.get ()), "selector"));
    const Pad pad (gst_element_get_static_pad (selector.get (), camera ? "sink_1" : "sink_0"));
    g_object_set (selector.get (), "active-pad", pad.get (), nullptr);
  }

  void push (int camera, int first, int count)
  {
    const Element source = camera_named (camera);
    for (int i = first; i < first + count; ++i)
      gst_app_src_push_buffer (GST_APP_SRC (source.get ()),
                               frame_at (static_cast<GstClockTime> (i) * 100 * GST_MSECOND));
  }

  void end ()
  {
    for (int camera : {0, 1})
      gst_app_src_end_of_stream (GST_APP_SRC (camera_named (camera).get ()));
  }

 private:
  Element camera_named (int camera)
  {
    return Element (
        gst_bin_get_by_name (GST_BIN (pipeline_.get ()), camera ? "camera1" : "camera0"));
  }

  SinkPipeline pipeline_;
};

GstPadProbeReturn unlink_idle (GstPad *pad, GstPadProbeInfo *, gpointer done)
{
  const Pad peer (gst_pad_get_peer (pad));
  gst_pad_unlink (pad, peer.get ());
  gst_pad_send_event (peer.get (), gst_event_new_eos ());
  *static_cast<std::atomic<bool> *> (done) = true;
  return GST_PAD_PROBE_REMOVE;
}

}  // namespace

GST_START_TEST (test_switched)
{
  SwitchedCameras cameras (std::string ("numproverlay start=500 ") + kLook);
  const auto frames_are = [&] (guint64 frames) {
    cameras.pipeline ().wait_until ([=] (const SinkCounts &now) { return now.frames == frames; });
  };
  cameras.push (0, 0, 5);
  frames_are (5);
  cameras.show (1);
  cameras.push (1, 5, 4);
  frames_are (9);
  cameras.show (0);
  cameras.push (0, 9, 3);
  frames_are (12);
  cameras.end ();
  for (const char *due : {"100@0+100 101@100+100 102@200+100 103@300+100 104@400+100",
                          "500@500+100 501@600+100 502@700+100 503@800+100",
                          "105@900+100 106@1000+100 107@1100+100"}) {
    const Batch batch = cameras.pipeline ().pull ();
    fail_unless (batch != nullptr);
    const std::string text = text_of (batch.get ());
    fail_unless (text == due, "%s instead of %s", text.c_str (), due);
  }
  fail_unless (cameras.pipeline ().pull () == nullptr);

  // The second one has no numbers.
  SwitchedCameras mistaken ("identity");
  mistaken.push (0, 0, 5);
  mistaken.pipeline ().wait_until ([] (const SinkCounts &now) { return now.frames == 5; });
  mistaken.show (1);
  mistaken.push (1, 5, 1);
  mistaken.pipeline ().wait_for (GST_MESSAGE_ERROR);
  fail_unless (mistaken.pipeline ().errors ().front ().find ("Frames carry no numbers.") == 0);
  mistaken.pipeline ().stop ();
  const SinkCounts counts = mistaken.pipeline ().counts ();
  fail_unless_equals_uint64 (counts.samples, 5);
  fail_unless_equals_uint64 (counts.dropped, mistaken.pipeline ().told ().size ());
  fail_unless (counts.balanced () && counts.waiting == 0);
}
GST_END_TEST

GST_START_TEST (test_branch)
{
  SinkPipeline pipeline (
      std::string ("videotestsrc is-live=true num-buffers=60 ! "
                   "video/x-raw,format=GRAY8,width=64,height=48,framerate=40/1 ! numproverlay ") +
          kLook + "! tee name=tee ! queue",
      kPulled);
  pipeline.play ();
  pipeline.wait_until ([] (const SinkCounts &now) { return now.frames >= 10; });

  const Element tee (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "tee"));
  GstElement *branch = gst_parse_bin_from_description (
      "queue ! numprosink name=second leaky-type=none", TRUE, nullptr);
  const Element branch_sink (gst_bin_get_by_name (GST_BIN (branch), "second"));
  gst_bin_add (GST_BIN (pipeline.get ()), branch);
  gst_element_sync_state_with_parent (branch);
  const Pad from (gst_element_request_pad_simple (tee.get (), "src_%u"));
  const Pad to (gst_element_get_static_pad (branch, "sink"));
  fail_unless (gst_pad_link (from.get (), to.get ()) == GST_PAD_LINK_OK);

  pipeline.wait_until (
      [&] (const SinkCounts &) { return counts_of (branch_sink.get ()).frames >= 10; });
  std::atomic<bool> is_apart = false;
  gst_pad_add_probe (from.get (), GST_PAD_PROBE_TYPE_IDLE, unlink_idle, &is_apart, nullptr);
  pipeline.wait_until ([&] (const SinkCounts &) { return is_apart.load (); });
  const Batch of_branch = pull_batch (branch_sink.get (), SinkPipeline::kPatience);
  fail_unless (of_branch != nullptr &&
               pull_batch (branch_sink.get (), SinkPipeline::kPatience) == nullptr);
  const Numbers seen = numbers_of (of_branch.get ());
  fail_unless (seen.size () >= 10 && seen.front () >= 10 && seen.back () < 59);
  fail_unless (seen == numbers_from (seen.front (), seen.size ()), "a number is missing");
  fail_unless_equals_uint64 (counts_of (branch_sink.get ()).delivered, seen.size ());
  gst_element_set_state (branch, GST_STATE_NULL);
  gst_bin_remove (GST_BIN (pipeline.get ()), branch);
  gst_element_release_request_pad (tee.get (), from.get ());

  fail_unless (pull_numbers (pipeline) == numbers_from (0, 60), "the other branch lost a frame");
  fail_unless (pipeline.pull () == nullptr);
}
GST_END_TEST

GST_START_TEST (test_cameras)
{
  constexpr int kCameras = 24;
  const TemporaryDirectory directory;
  std::vector<std::unique_ptr<SinkPipeline>> cameras;
  for (int i = 0; i < kCameras; ++i) {
    const std::string start = std::to_string (1000 * i);
    cameras.push_back (std::make_unique<SinkPipeline> (
        std::string ("videotestsrc is-live=true num-buffers=20 ! "
                     "video/x-raw,format=GRAY8,width=64,height=48,framerate=20/1 ! numproverlay ") +
            kLook + "start=" + start,
        "batch-size=8 leaky-type=none location=" + (directory.path () / start).string ()));
  }
  for (const auto &camera : cameras)
    camera->play ();
  for (int i = 0; i < kCameras; ++i) {
    SinkPipeline &camera = *cameras[static_cast<std::size_t> (i)];
    camera.wait_for (GST_MESSAGE_EOS);
    const SinkCounts counts = camera.counts ();
    fail_unless (counts.balanced ());
    fail_unless_equals_uint64 (counts.delivered, 20);
    fail_unless_equals_uint64 (counts.batches, 3);
    fail_unless (camera.told ().empty ());
    Numbers numbers;
    const auto bundles = bundles_in (directory.path () / std::to_string (1000 * i));
    fail_unless_equals_int (bundles.size (), 3);
    for (const auto &bundle : bundles) {
      const Numbers of_bundle = numbers_of_whole_bundle (bundle);
      numbers.insert (numbers.end (), of_bundle.begin (), of_bundle.end ());
    }
    fail_unless (numbers == numbers_from (static_cast<guint64> (1000 * i), 20), "camera %d", i);
  }
}
GST_END_TEST

GST_START_TEST (test_paused)
{
  constexpr GstClockTime kPeriod = 50 * GST_MSECOND, kReach = 45 * GST_MSECOND;
  for (const bool by_time : {false, true}) {
    SinkPipeline pipeline (
        std::string ("videotestsrc is-live=true num-buffers=30 ! "
                     "video/x-raw,format=GRAY8,width=64,height=48,framerate=20/1 ! "
                     "numproverlay name=overlay ") +
            (by_time ? "numbering=time rate=20 " : "") + kLook,
        kPulled);
    for (const guint64 pause : {5, 10, 15}) {
      pipeline.play ();
      pipeline.wait_until ([=] (const SinkCounts &now) { return now.frames >= pause; });
      gst_element_set_state (pipeline.get (), GST_STATE_PAUSED);
      gst_element_get_state (pipeline.get (), nullptr, nullptr, SinkPipeline::kPatience);
      g_usleep (150 * 1000);
    }
    pipeline.play ();
    const Batch batch = pipeline.pull ();
    fail_unless (batch && pipeline.pull () == nullptr && pipeline.told ().empty ());
    // A source leaves out the frame that it was waiting with; nobody else does.
    const Element overlay (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "overlay"));
    fail_unless_equals_uint64 (pipeline.counts ().frames, stat (overlay.get (), "frames"));
    const std::string text = text_of (batch.get ());
    const Numbers numbers = numbers_of (batch.get ());
    fail_unless (text.find ('~') == std::string::npos, "a pause is a hole: %s", text.c_str ());
    if (!by_time)
      fail_unless (numbers == numbers_from (0, pipeline.counts ().frames), "%s", text.c_str ());
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
    for (guint i = 0; by_time && i < numbers.size (); ++i) {
      // The source goes on between two periods, and its frames keep that distance: PeriodGrid takes
      // it for jitter.
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
      const GstClockTime begin = sample->number * kPeriod;
      fail_unless (sample->running_time + kReach >= begin &&
                       sample->running_time < begin + kPeriod + kReach &&
                       (i == 0 || sample->number > numbers[i - 1]),
                   "%s", text.c_str ());
    }
  }
}
GST_END_TEST

GST_START_TEST (test_mixed)
{
  const std::string pictures =
      std::string ("videotestsrc num-buffers=12 ! ") + kCaps +
      " ! numproverlay name=first start=7 " + kLook + "! mixer. videotestsrc num-buffers=12 ! " +
      kCaps + " ! numproverlay start=70 " + kLook +
      "! mixer. compositor name=mixer sink_1::xpos=64 ! video/x-raw,format=I420,framerate=10/1";
  SinkPipeline mistaken (pictures, kPulled);
  mistaken.play ();
  mistaken.wait_for (GST_MESSAGE_ERROR);
  const std::string &error = mistaken.errors ().front ();
  fail_unless (error.find ("Frames carry no numbers. The pipeline has ") == 0, "%s",
               error.c_str ());
  fail_unless (error.find ("put it before numprosink, and behind elements that make new frames") !=
                   std::string::npos,
               "%s", error.c_str ());

  const StreamOutcome outcome = outcome_of (pictures, "start=3");
  fail_unless_equals_int (outcome.batches.size (), 1);
  fail_unless (numbers_of (outcome.batches[0].get ()) == numbers_from (3, 12));
}
GST_END_TEST

GST_START_TEST (test_repeated)
{
  const auto outcome = [] (const char *rate) {
    SinkPipeline pipeline (std::string ("videotestsrc num-buffers=11 ! ") + kCaps +
                               " ! numproverlay " + kLook +
                               "! videorate ! video/x-raw,framerate=" + rate,
                           kPulled);
    pipeline.play ();
    const Batch batch = pipeline.pull ();
    fail_unless (batch && pipeline.pull () == nullptr);
    return text_of (batch.get ()) + " of " + std::to_string (pipeline.counts ().frames);
  };
  const std::string more = outcome ("20/1"), fewer = outcome ("5/1");
  fail_unless (more ==
                   "0@0+100 1@100+100 2@200+100 3@300+100 4@400+100 5@500+100 6@600+100 7@700+100 "
                   "8@800+100 9@900+100 10@1000+50 of 21",
               "%s", more.c_str ());
  fail_unless (fewer == "0@0+200 2@200+200 4@400+200 6@600+200 8@800+200 10@1000+200 of 6", "%s",
               fewer.c_str ());
}
GST_END_TEST

GST_START_TEST (test_fast)
{
  SinkHarness stream ("numbering=time rate=100", "batch-size=40");
  stream.open ("video/x-raw,format=GRAY8,width=64,height=48,framerate=1000/1");
  for (GstClockTime i = 0; i < 1000; ++i)
    stream.push (frame_at (i * GST_MSECOND));
  stream.push (gst_event_new_eos ());
  guint64 number = 0;
  for (const std::size_t size : {40, 40, 20}) {
    const Batch batch = stream.pull ();
    fail_unless (batch != nullptr);
    std::string due;
    for (std::size_t i = 0; i < size; ++i, ++number)
      due += (i ? " " : "") + std::to_string (number) + "@" + std::to_string (number * 10) + "+10";
    const std::string text = text_of (batch.get ());
    fail_unless (text == due, "%s instead of %s", text.c_str (), due.c_str ());
  }
  fail_unless (stream.pull () == nullptr);
  fail_unless_equals_uint64 (stream.counts ().frames, 1000);
}
GST_END_TEST

GST_START_TEST (test_slow)
{
  constexpr GstClockTime kMinute = 60 * GST_SECOND;
  SinkHarness stream ("", "batch-size=0 batch-time=600000000000");
  gst_harness_set_live (stream.harness (), TRUE);
  stream.open ("video/x-raw,format=GRAY8,width=64,height=48,framerate=1/60");
  for (GstClockTime i = 0; i < 13; ++i) {
    gst_harness_set_time (stream.harness (), i * kMinute);
    stream.push (frame_at (i * kMinute));
  }
  const std::string of_frames = text_of (stream.pull ().get ());
  fail_unless (of_frames ==
                   "0@0+60000 1@60000+60000 2@120000+60000 3@180000+60000 4@240000+60000 "
                   "5@300000+60000 6@360000+60000 7@420000+60000 8@480000+60000 9@540000+60000",
               "%s", of_frames.c_str ());
  // The camera is cut: the clock ends the batch, a second after its time.
  gst_harness_set_time (stream.harness (), 20 * kMinute + GST_SECOND);
  // The wait for a clock that is set by hand is not cut short by setting it, but by this.
  gst_element_set_state (stream.harness ()->element, GST_STATE_PAUSED);
  gst_element_set_state (stream.harness ()->element, GST_STATE_PLAYING);
  const std::string of_clock = text_of (stream.pull ().get ());
  fail_unless (of_clock == "10@600000+60000 11@660000+60000 12@720000+60000", "%s",
               of_clock.c_str ());
  fail_unless_equals_uint64 (stream.counts ().waiting, 0);
}
GST_END_TEST

static Suite *live_streams_suite ()
{
  Suite *suite = suite_create ("live_streams");
  TCase *tcase = tcase_create ("live_streams");
  suite_add_tcase (suite, tcase);
  bound_checks (tcase, 30);
  tcase_add_test (tcase, test_switched);
  tcase_add_test (tcase, test_branch);
  tcase_add_test (tcase, test_cameras);
  tcase_add_test (tcase, test_paused);
  tcase_add_test (tcase, test_repeated);
  tcase_add_test (tcase, test_mixed);
  tcase_add_test (tcase, test_fast);
  tcase_add_test (tcase, test_slow);
  return suite;
}

GST_CHECK_MAIN (live_streams)
