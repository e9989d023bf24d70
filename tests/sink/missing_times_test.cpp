/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Frames without times.
//
// test_bytes: a stream without times that nobody is told of, in batches, and in answers as if it
// had
//   some.
// test_one: one frame without a time that ends a stream or a batch, or whose neighbours end when
//   nobody knows; a warning more than once.

#include <string>
#include <vector>

#include "tests/support/loopcheck.h"
#include "tests/support/sinkharness.h"

namespace {

constexpr GstClockTime ms = GST_MSECOND;
constexpr const char *kCaps = "video/x-raw,format=GRAY8,width=16,height=16,framerate=25/1";
constexpr const char *kNoTimes = "The stream has no times: what is found is known by frames alone.";

Buffer frame_at (GstClockTime pts)
{
  Buffer buffer (gst_buffer_new_allocate (nullptr, 16 * 16, nullptr));
  gst_buffer_memset (buffer.get (), 0, 128, 16 * 16);
  GST_BUFFER_PTS (buffer.get ()) = pts;
  return buffer;
}

const GstNumproSample &sample_of (const Batch &batch, guint index)
{
  return *gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch.get ()), index);
}

// Those on timestamps.
std::vector<std::string> warnings_of (GstBus *bus)
{
  std::vector<std::string> texts;
  while (const Message message{gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING)}) {
    GError *error = nullptr;
    gst_message_parse_warning (message.get (), &error, nullptr);
    const Error owned (error);
    const std::string text = error->message;
    if (text.find ("timestamp") != std::string::npos)
      texts.push_back (text);
  }
  return texts;
}

std::vector<std::string> problems_of (GstNumproBatch *batch, const char *text)
{
  GstNumproPrompt *prompt = gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a car");
  GstNumproAnswer *answer =
      gst_numpro_answer_new (prompt, gst_numpro_batch_get_ledger (batch), text);
  std::vector<std::string> problems;
  gchar **all = gst_numpro_answer_get_problems (answer);
  for (gchar **problem = all; problem && *problem; ++problem)
    problems.emplace_back (*problem);
  g_strfreev (all);
  gst_numpro_answer_unref (answer);
  gst_numpro_prompt_unref (prompt);
  return problems;
}

}  // namespace

GST_START_TEST (test_bytes)
{
  SinkHarness stream ("", "batch-size=3 sample-rate=5 history=60000000000");
  const Bus bus (gst_bus_new ());
  gst_element_set_bus (stream.harness ()->element, bus.get ());
  stream.open (kCaps);
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  stream.push (gst_event_new_segment (&segment));
  for (guint64 i = 0; i < 6; ++i)
    stream.push (frame_at (i * 40 * ms).release ());
  for (guint64 begin : {0, 3}) {
    const Batch batch = stream.pull ();
    fail_unless (numbers_of (batch.get ()) == std::vector<guint64> ({begin, begin + 1, begin + 2}));
    fail_unless_equals_uint64 (sample_of (batch, 1).stream_time, GST_CLOCK_TIME_NONE);
    fail_unless_equals_uint64 (sample_of (batch, 1).utc, GST_CLOCK_TIME_NONE);
    const std::string answer = "From " + std::to_string (begin) + " to " + std::to_string (begin);
    fail_unless (problems_of (batch.get (), answer.c_str ()) == std::vector<std::string>{kNoTimes});
    fail_unless (problems_of (batch.get (), "never") == std::vector<std::string>{kNoTimes});
  }
  const std::vector<std::string> warnings = warnings_of (bus.get ());
  fail_unless_equals_int (warnings.size (), 1);
  fail_unless (warnings[0].find ("its segment is in bytes") != std::string::npos &&
                   warnings[0].find ("format=time do-timestamp=true") != std::string::npos,
               "%s", warnings[0].c_str ());
}
GST_END_TEST

GST_START_TEST (test_one)
{
  SinkHarness stream ("", "batch-size=0 batch-time=60000000000");
  const Bus bus (gst_bus_new ());
  gst_element_set_bus (stream.harness ()->element, bus.get ());
  stream.open (kCaps);
  for (guint64 i = 0; i < 10; ++i)
    stream.push (frame_at (i == 4 || i == 7 ? GST_CLOCK_TIME_NONE : i * 40 * ms).release ());
  stream.push (gst_event_new_eos ());
  const Batch batch = stream.pull ();
  fail_unless_equals_int (numbers_of (batch.get ()).size (), 10);
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
  const struct {
    guint64 first, last;
    GstClockTime start, end;
    std::vector<std::string> problems;
  } kCases[] = {
      {1, 2, 40 * ms, 120 * ms, {}},
      // Ends by its own length.
      {1, 3, 40 * ms, 160 * ms, {}},
      {3, 5, 120 * ms, 240 * ms, {}},
      {2, 4, 80 * ms, 200 * ms, {}},
      {4, 5, GST_CLOCK_TIME_NONE, 240 * ms, {"The time of frame 4 is not known."}},
      {9, 9, 360 * ms, 400 * ms, {}},
  };
  for (const auto &c : kCases) {
    GstNumproSpan *span = gst_numpro_span_new (ledger, c.first, c.last, nullptr);
    fail_unless_in_loop (span->start == c.start && span->end == c.end,
                         "%d to %d: %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT,
                         static_cast<int> (c.first), static_cast<int> (c.last),
                         GST_TIME_ARGS (span->start), GST_TIME_ARGS (span->end));
    gst_numpro_span_free (span);
    const std::string text =
        "From " + std::to_string (c.first) + " to " + std::to_string (c.last) + ".";
    fail_unless (problems_of (batch.get (), text.c_str ()) == c.problems, "%s", text.c_str ());
  }
  const std::vector<std::string> warnings = warnings_of (bus.get ());
  fail_unless_equals_int (warnings.size (), 1);
  fail_unless (warnings[0].find ("Number 4 has no timestamp") == 0, "%s", warnings[0].c_str ());
}
GST_END_TEST

static Suite *missing_times_suite ()
{
  Suite *suite = suite_create ("missing_times");
  TCase *tcase = tcase_create ("missing_times");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_bytes);
  tcase_add_test (tcase, test_one);
  return suite;
}

GST_CHECK_MAIN (missing_times)
