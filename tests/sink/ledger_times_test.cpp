/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The times in ledgers are those of the frames, to the nanosecond.
//
// test_segments: stream and running times that miss a rate, a start, a base or an offset.
// test_clock: wall-clock times that are those of arrival, or off by the base time.
// test_late_branch: the same on the system's clock: two branches of one source, one of them late,
//   that disagree on when a frame was taken.
// test_reference: times put on by upstream that are lost on the way through other elements, or not
//   taken over exactly; times of clocks that are not the wall's taken for it.
// test_one_clock: a batch whose times are by several clocks, so that three seconds are an hour.
// test_clock_set: a machine's clock that is set in the middle of a batch and makes a span of it.
// test_young_clock: a camera that began to count at 1970 in the middle of a batch, and whose frames
//   of before are of 2554.
// test_disagreement: a camera's clock that is wrong, and nobody says so; or says so of a recording.
// test_disk: times that are not the same in a bundle.
// test_other_running_time: a duration from a slot in the running time of another pipeline, whose
//   frames come through unixfdsrc.

// The standard library first: gstcheck.h has macros with common names.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "plugin/sink/batching/rowtimes.h"
#include "tests/support/pipeline.h"
#include "tests/support/sinkharness.h"
#include "tests/support/sinkpipeline.h"
#include "tests/support/temporarydirectory.h"

namespace {

constexpr const char *kCaps = "video/x-raw,format=I420,width=32,height=32,framerate=25/1";
constexpr GstClockTime s = GST_SECOND;

using Clock = std::unique_ptr<GstClock, Freer<gst_object_unref>>;

// 2026-11-22T14:33:00.123456789Z, and from the beginning of 1900 to that of 1970.
constexpr GstClockTime kUtc = 1795357980 * s + 123456789;
constexpr GstClockTime kNtpOfUnixEpoch = 2208988800 * s;

Buffer frame_at (GstClockTime pts)
{
  constexpr gsize kSize = 32 * 32 * 3 / 2;
  Buffer buffer (gst_buffer_new_allocate (nullptr, kSize, nullptr));
  gst_buffer_memset (buffer.get (), 0, 128, kSize);
  GST_BUFFER_PTS (buffer.get ()) = pts;
  return buffer;
}

void add_reference (GstBuffer *buffer, const char *clock, GstClockTime time)
{
  const Caps caps (gst_caps_new_empty_simple (clock));
  gst_buffer_add_reference_timestamp_meta (buffer, caps.get (), time, GST_CLOCK_TIME_NONE);
}

const GstNumproSample *sample_of (const Batch &batch, guint index = 0)
{
  fail_unless (batch != nullptr, "no batch came");
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
  fail_unless (index < gst_numpro_ledger_get_length (ledger));
  return gst_numpro_ledger_get_sample (ledger, index);
}

GstClockTime wall_now ()
{
  return static_cast<GstClockTime> (g_get_real_time ()) * GST_USECOND;
}

}  // namespace

GST_START_TEST (test_segments)
{
  struct Case {
    double rate = 1, applied_rate = 1;
    GstClockTime start = 0, stop = GST_CLOCK_TIME_NONE, time = 0, base = 0, offset = 0;
    gint64 source_offset = 0, sink_offset = 0;  // of pads
    GstClockTime pts = 0, stream_time = 0, running_time = 0;
  };
  const Case kCases[] = {
      {.pts = 12345678901, .stream_time = 12345678901, .running_time = 12345678901},
      {.start = 10 * s,
       .time = 10 * s,
       .pts = 12 * s + 7,
       .stream_time = 12 * s + 7,
       .running_time = 2 * s + 7},
      {.start = 1000 * s + 1,
       .time = 5 * s,
       .base = 7 * s,
       .pts = 1000 * s + 500,
       .stream_time = 5 * s + 499,
       .running_time = 7 * s + 499},
      {.rate = 2,
       .start = 4 * s,
       .time = 4 * s,
       .base = 1,
       .pts = 10 * s + 6,
       .stream_time = 10 * s + 6,
       .running_time = 3 * s + 4},
      {.rate = 0.5, .pts = 3 * s + 1, .stream_time = 3 * s + 1, .running_time = 6 * s + 2},
      {.applied_rate = 2,
       .start = s,
       .time = 100 * s,
       .pts = 4 * s + 1,
       .stream_time = 106 * s + 2,
       .running_time = 3 * s + 1},
      {.rate = -1,
       .stop = 20 * s,
       .base = 5,
       .pts = 18 * s,
       .stream_time = 18 * s,
       .running_time = 2 * s + 5},
      {.offset = 3 * s, .pts = 5 * s + 9, .stream_time = 5 * s + 9, .running_time = 2 * s + 9},
      {.source_offset = 2 * GST_SECOND, .pts = 5 * s, .stream_time = 5 * s, .running_time = 7 * s},
      {.base = 4 * s,
       .sink_offset = -GST_SECOND - 1,
       .pts = 5 * s,
       .stream_time = 5 * s,
       .running_time = 8 * s - 1},
  };
  for (const Case &c : kCases) {
    SinkHarness stream ("", "batch-size=1");
    const std::unique_ptr<GstPad, Freer<gst_object_unref>> pad (
        gst_element_get_static_pad (stream.sink (), "sink"));
    gst_pad_set_offset (stream.harness ()->srcpad, c.source_offset);
    gst_pad_set_offset (pad.get (), c.sink_offset);
    stream.open (kCaps);
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    segment.rate = c.rate;
    segment.applied_rate = c.applied_rate;
    segment.start = c.start;
    segment.stop = c.stop;
    segment.time = c.time;
    segment.base = c.base;
    segment.offset = c.offset;
    stream.push (gst_event_new_segment (&segment));
    stream.push (frame_at (c.pts).release ());

    const Batch batch = stream.pull ();
    const GstNumproSample *sample = sample_of (batch);
    const std::string name = "case " + std::to_string (&c - kCases);
    fail_unless (sample->pts == c.pts, "%s", name.c_str ());
    fail_unless (sample->stream_time == c.stream_time, "%s: stream time %" G_GUINT64_FORMAT,
                 name.c_str (), sample->stream_time);
    fail_unless (sample->running_time == c.running_time, "%s: running time %" G_GUINT64_FORMAT,
                 name.c_str (), sample->running_time);
  }
}
GST_END_TEST

GST_START_TEST (test_clock)
{
  struct Case {
    GstClockTime base_time, running_time, clock;
  };
  const Case kCases[] = {
      {0, 10 * s, 10 * s},               // on time
      {1000 * s, 10 * s + 1, 1015 * s},  // five seconds late
      {777 * s + 3, 3600 * s, 780 * s},  // an hour early, as from a file
      {5 * s, 0, 3605 * s + 999},        // an hour late
  };
  SinkHarness stream ("", "batch-size=1");
  gst_harness_use_testclock (stream.harness ());
  stream.open (kCaps);
  GstClockTime ahead = 0;
  for (const Case &c : kCases) {
    // A clock does not go back.
    ahead += 10000 * s;
    gst_harness_set_time (stream.harness (), ahead + c.clock);
    gst_element_set_base_time (stream.sink (), ahead + c.base_time);
    const GstClockTime before = wall_now ();
    stream.push (frame_at (c.running_time).release ());
    const GstClockTime after = wall_now ();

    const Batch batch = stream.pull ();
    const GstNumproSample *sample = sample_of (batch);
    fail_unless_equals_string (sample->utc_source, "pipeline-clock");
    const GstClockTime due = c.base_time + c.running_time - c.clock;  // from now; may be negative
    fail_unless (sample->utc >= before + due && sample->utc <= after + due,
                 "case %d: %" G_GUINT64_FORMAT " is not between %" G_GUINT64_FORMAT
                 " and %" G_GUINT64_FORMAT,
                 static_cast<int> (&c - kCases), sample->utc, before + due, after + due);
  }
}
GST_END_TEST

using Arrivals = std::array<GstClockTime, 12>;

static GstPadProbeReturn note_arrival (GstPad *, GstPadProbeInfo *info, gpointer arrivals)
{
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (GST_PAD_PROBE_INFO_BUFFER (info));
  static_cast<Arrivals *> (arrivals)->at (meta->number) = wall_now ();
  return GST_PAD_PROBE_OK;
}

GST_START_TEST (test_late_branch)
{
  // The late branch lets go of a frame when there are 400 ms of them, and of those at the end all
  // at once, which is as many as wait for a sink at the most.
  Pipeline pipeline (
      "videotestsrc is-live=true num-buffers=12 ! "
      "video/x-raw,format=I420,width=32,height=32,framerate=20/1 ! numproverlay ! tee name=tee "
      "tee. ! queue ! numprosink name=prompt leaky-type=none batch-size=12 "
      "tee. ! queue min-threshold-time=400000000 ! numprosink name=late leaky-type=none "
      "batch-size=12");
  const Element prompt = pipeline.child ("prompt"), late = pipeline.child ("late");
  Arrivals arrivals = {};
  const std::unique_ptr<GstPad, Freer<gst_object_unref>> pad (
      gst_element_get_static_pad (late.get (), "sink"));
  gst_pad_add_probe (pad.get (), GST_PAD_PROBE_TYPE_BUFFER, note_arrival, &arrivals, nullptr);
  pipeline.run ();

  const Batch batches[] = {pull_batch (prompt.get (), GST_SECOND),
                           pull_batch (late.get (), GST_SECOND)};
  std::vector<gint64> differences;
  for (guint i = 0; i < arrivals.size (); ++i) {
    const GstNumproSample *one = sample_of (batches[0], i), *other = sample_of (batches[1], i);
    fail_unless_equals_uint64 (one->number, other->number);
    fail_unless_equals_uint64 (one->running_time, other->running_time);
    differences.push_back (std::abs (static_cast<gint64> (one->utc - other->utc)));
    // It was late, as far as it did not go at the end of the stream.
    if (i < 3)
      fail_unless (arrivals[i] > other->utc + 300 * GST_MSECOND);
  }
  // Not all of them: the sink may lose the CPU between a look at one clock and at the other.
  std::sort (differences.begin (), differences.end ());
  const gint64 median = differences[differences.size () / 2];
  fail_unless (median < static_cast<gint64> (50 * GST_MSECOND), "%" G_GINT64_FORMAT " ns", median);
}
GST_END_TEST

GST_START_TEST (test_reference)
{
  const struct {
    const char *clock;
    GstClockTime time, utc;
  } kCases[] = {
      {"timestamp/x-unix", kUtc, kUtc},
      {"timestamp/x-ntp", kUtc + kNtpOfUnixEpoch, kUtc},
      {"timestamp/x-unix", kUtc + 1, kUtc + 1},
      {"timestamp/x-ntp", kNtpOfUnixEpoch, 0},
      // No wall clocks
      {"timestamp/x-drone-stream", kUtc, GST_CLOCK_TIME_NONE},
      {"timestamp/x-drone-stream", kUtc + kNtpOfUnixEpoch, GST_CLOCK_TIME_NONE},
      {"timestamp/x-ntp", kNtpOfUnixEpoch - 1, GST_CLOCK_TIME_NONE},
  };
  // Through elements that make new buffers, or hand them to another thread.
  for (const char *between :
       {"", "! queue", "! videoconvert ! videoscale ! video/x-raw,format=NV12,width=20,height=16",
        "! tee ! queue ! videorate ! video/x-raw,framerate=25/1"}) {
    SinkHarness stream (between, "batch-size=1");
    stream.open (kCaps);
    GstClockTime pts = 0;
    for (const auto &c : kCases) {
      Buffer buffer = frame_at (pts);
      add_reference (buffer.get (), c.clock, c.time);
      stream.push (buffer.release ());
      pts += 40 * GST_MSECOND;
    }
    stream.push (gst_event_new_eos ());
    for (guint i = 0; i < G_N_ELEMENTS (kCases); ++i) {
      const Batch batch = stream.pull ();
      const GstNumproSample *sample = sample_of (batch);
      if (!GST_CLOCK_TIME_IS_VALID (kCases[i].utc)) {
        fail_if (g_strcmp0 (sample->utc_source, "reference-timestamp") == 0);
        continue;
      }
      fail_unless_equals_string (sample->utc_source, "reference-timestamp");
      fail_unless (sample->utc == kCases[i].utc, "'%s', %s: %" G_GUINT64_FORMAT, between,
                   kCases[i].clock, sample->utc);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_one_clock)
{
  // The camera's clock is an hour ahead of nothing that the sink knows, and it reports late.
  for (const char *layout : {"frames", "grid"}) {
    SinkHarness stream ("", std::string ("batch-size=12 layout=") + layout);
    gst_harness_use_testclock (stream.harness ());
    stream.open (kCaps);
    for (GstClockTime frame = 0; frame < 12; ++frame) {
      Buffer buffer = frame_at (frame * 40 * GST_MSECOND);
      if (frame == 7)
        add_reference (buffer.get (), "timestamp/x-unix", kUtc + frame * 40 * GST_MSECOND);
      stream.push (buffer.release ());
    }
    const Batch batch = stream.pull ();
    for (guint i = 0; i < 12; ++i) {
      fail_unless_equals_string (sample_of (batch, i)->utc_source, "reference-timestamp");
      fail_unless_equals_uint64 (sample_of (batch, i)->utc, kUtc + i * 40 * GST_MSECOND);
    }
    GstNumproBatch *past = nullptr;
    g_signal_emit_by_name (stream.sink (), "pull-history", guint64{0}, guint64{s}, &past);
    const Batch owned (past);
    fail_unless_equals_uint64 (sample_of (owned, 0)->utc, kUtc);
  }
}
GST_END_TEST

GST_START_TEST (test_clock_set)
{
  const struct {
    GstClockTimeDiff reference, pipeline;  // steps in the middle
    const char *source;
  } kCases[] = {{0, static_cast<GstClockTimeDiff> (3600 * s), "pipeline-clock"},
                {0, -static_cast<GstClockTimeDiff> (40 * s), "pipeline-clock"},
                {-static_cast<GstClockTimeDiff> (5 * s), 0, "reference-timestamp"}};
  for (const auto &c : kCases) {
    std::vector<numpro::SampledFramePtr> frames;
    std::vector<numpro::SamplePtr> rows;
    for (GstClockTime i = 0; i < 6; ++i) {
      auto frame = std::make_shared<numpro::SampledFrame> ();
      frame->sample.reset (gst_numpro_sample_new (i));
      frame->sample->stream_time = i * s;
      frame->sample->duration = s;
      frame->clocks.pipeline = kUtc + i * s;
      if (i >= 3)
        frame->clocks.pipeline += static_cast<GstClockTime> (c.pipeline);
      if (c.reference != 0)
        frame->clocks.reference =
            kUtc + i * s + (i >= 3 ? static_cast<GstClockTime> (c.reference) : 0);
      rows.emplace_back (gst_numpro_sample_copy (frame->sample.get ()));
      frames.push_back (std::move (frame));
    }
    numpro::settle_times (frames, rows, {});
    for (GstClockTime i = 0; i < 6; ++i) {
      fail_unless_equals_string (rows[i]->utc_source, c.source);
      // What the clock told last holds for all.
      const auto step = static_cast<GstClockTime> (c.reference ? c.reference : c.pipeline);
      fail_unless_equals_uint64 (rows[i]->utc, kUtc + i * s + step);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_young_clock)
{
  std::vector<numpro::SampledFramePtr> frames;
  std::vector<numpro::SamplePtr> rows;
  for (GstClockTime i = 0; i < 4; ++i) {
    auto frame = std::make_shared<numpro::SampledFrame> ();
    frame->sample.reset (gst_numpro_sample_new (i));
    frame->sample->stream_time = i * s;
    if (i >= 2)
      frame->clocks.reference = (i - 2) * s;
    rows.emplace_back (gst_numpro_sample_copy (frame->sample.get ()));
    frames.push_back (std::move (frame));
  }
  numpro::settle_times (frames, rows, {});
  const GstClockTime times[] = {GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE, 0, s};
  for (std::size_t i = 0; i < 4; ++i) {
    fail_unless_equals_uint64 (rows[i]->utc, times[i]);
    fail_unless_equals_string (rows[i]->utc_source, i < 2 ? nullptr : "reference-timestamp");
  }
}
GST_END_TEST

// A camera whose clock is ahead of this machine's by some milliseconds.
struct AheadCamera {
  GstElement *pipeline;
  int ahead;
};

// The time at which a frame is due, also where it comes late on a busy machine.
static GstPadProbeReturn add_camera_time (GstPad *, GstPadProbeInfo *info, gpointer user_data)
{
  const auto &camera = *static_cast<const AheadCamera *> (user_data);
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  const Clock clock (gst_element_get_clock (camera.pipeline));
  const GstClockTime due = gst_element_get_base_time (camera.pipeline) + GST_BUFFER_PTS (buffer);
  const GstClockTime until = clock ? due - gst_clock_get_time (clock.get ()) : 0;
  add_reference (buffer, "timestamp/x-unix",
                 wall_now () + until + static_cast<GstClockTime> (camera.ahead) * GST_MSECOND);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  return GST_PAD_PROBE_OK;
}

GST_START_TEST (test_disagreement)
{
  const struct {
    const char *live;
    int ahead;  // ms
    const char *warning;
  } kCases[] = {{"true", 3600 * 1000, "3600.0 s ahead of"},
                {"true", -2500, "2.5 s behind"},
                {"true", 400, nullptr},
                {"true", -400, nullptr},
                {"false", 3600 * 1000, nullptr}};
  for (const auto &c : kCases) {
    SinkPipeline pipeline (std::string ("videotestsrc num-buffers=8 is-live=") + c.live +
                               " ! video/x-raw,width=320,height=240,framerate=20/1 ! numproverlay "
                               "name=overlay",
                           "batch-size=3");
    const Element overlay (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "overlay"));
    const std::unique_ptr<GstPad, Freer<gst_object_unref>> pad (
        gst_element_get_static_pad (overlay.get (), "src"));
    AheadCamera camera{pipeline.get (), c.ahead};
    gst_pad_add_probe (pad.get (), GST_PAD_PROBE_TYPE_BUFFER, add_camera_time, &camera, nullptr);
    pipeline.play ();
    pipeline.wait_for (GST_MESSAGE_EOS);
    int told = 0;
    for (const std::string &warning : pipeline.warnings ())
      told += warning.find (" clock is ") != std::string::npos;
    fail_unless_equals_int (told, c.warning ? 1 : 0);
    if (c.warning)
      fail_unless (pipeline.warnings ()[0].find (c.warning) != std::string::npos, "%s",
                   pipeline.warnings ()[0].c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_disk)
{
  const TemporaryDirectory directory;
  SinkHarness stream ("start=41 wrap=50", "location=" + directory.path ().string ());
  stream.open (kCaps);
  for (GstClockTime frame = 0; frame < 9; ++frame) {
    Buffer buffer = frame_at (frame * 40000001);
    // Of every third, with as many digits as there can be; the pipeline has no clock.
    if (frame % 3 == 0)
      add_reference (buffer.get (), "timestamp/x-unix", kUtc + frame * 40000001);
    stream.push (buffer.release ());
  }
  stream.push (gst_event_new_eos ());

  const std::string file = (directory.path () / "000000" / "ledger.json").string ();
  gchar *json = nullptr;
  fail_unless (g_file_get_contents (file.c_str (), &json, nullptr, nullptr), "no ledger");
  const Text owned_json (json);
  GError *error = nullptr;
  const std::unique_ptr<GstNumproLedger, Freer<gst_numpro_ledger_unref>> ledger (
      gst_numpro_ledger_new_from_json (json, -1, &error));
  fail_unless (ledger != nullptr, "%s", error ? error->message : "");
  fail_unless_equals_int (gst_numpro_ledger_get_length (ledger.get ()), 9);
  for (guint i = 0; i < 9; ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger.get (), i);
    const GstClockTime time = i * 40000001;
    fail_unless_equals_uint64 (sample->slot, 41 + i);
    fail_unless_equals_uint64 (sample->number, (41 + i) % 50);
    fail_unless (sample->pts == time && sample->stream_time == time &&
                 sample->running_time == time);
    fail_unless_equals_uint64 (sample->utc, kUtc + time);
  }
}
GST_END_TEST

GST_START_TEST (test_other_running_time)
{
  // When this pipeline has begun to play on the other one's clock.
  for (const GstClockTimeDiff ahead : {0, 100, 3, -3, -100}) {
    const Harness harness (gst_harness_new_parse ("numprosink name=sink batch-size=3"));
    gst_harness_set_src_caps_str (harness.get (), kCaps);
    for (guint64 number = 0; number < 3; ++number) {
      Buffer buffer = frame_at ((200 + number) * s);
      gst_buffer_add_numpro_meta (buffer.get (), number, number,
                                  static_cast<GstClockTime> (200 + ahead) * s + number * s, s);
      fail_unless_equals_int (gst_harness_push (harness.get (), buffer.release ()), GST_FLOW_OK);
    }
    const Element sink (gst_harness_find_element (harness.get (), "numprosink"));
    const Batch batch = pull_batch (sink.get (), SinkHarness::kPatience);
    for (guint i = 0; i < 3; ++i) {
      const GstClockTime duration = sample_of (batch, i)->duration;
      fail_unless (duration == s, "%" G_GINT64_FORMAT " s ahead, number %u: %" G_GUINT64_FORMAT,
                   ahead, i, duration);
    }
  }
}
GST_END_TEST

static Suite *times_suite ()
{
  Suite *suite = suite_create ("times");
  TCase *tcase = tcase_create ("times");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_segments);
  tcase_add_test (tcase, test_clock);
  tcase_add_test (tcase, test_late_branch);
  tcase_add_test (tcase, test_reference);
  tcase_add_test (tcase, test_one_clock);
  tcase_add_test (tcase, test_clock_set);
  tcase_add_test (tcase, test_young_clock);
  tcase_add_test (tcase, test_disagreement);
  tcase_add_test (tcase, test_disk);
  tcase_add_test (tcase, test_other_running_time);
  return suite;
}

GST_CHECK_MAIN (times)
