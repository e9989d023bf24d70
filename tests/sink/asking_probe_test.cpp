/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Probes of a server that does to images what servers do, by numpro-reader.
//
// test_findings: a server found good that is not, or for another reason; no warning with the cure,
//   or one where nothing is wrong.
// test_grid: sheets that are not probed as they are sent.
// test_schema: a schema that is ignored or refused, and not told.
// test_not_whole: a finding about images by an answer that is not whole.
// test_first: a question that is asked before the probe is over.
// test_no_server: a probe that is not told as failed, or that keeps questions from being asked.
// test_bounded: a probe that is tried again for ever, with retries=-1.
// test_no_loss: a failed probe that ends the stream.
// test_action: a probe where there is nobody to ask, or two at once.
// test_stop: a probe that holds up the end.
// test_no_frames: a stream without frames that waits for its probe.

#include <gst/numpro/numpro.h>

#include "faultcase.h"

namespace {

// Large enough for the reader never to take one digit for another.
std::string probing (const std::string &fault, const std::string &more = "")
{
  return line_for (asking (fault) + "probe-on-start=true batch-size=8 max-edge=640 " + more, 8);
}

bool start_probe (const AskingPipeline &pipeline)
{
  gboolean started = FALSE;
  g_signal_emit_by_name (pipeline.sink (), "probe", &started);
  return started;
}

bool matches (const char *pattern, const std::string &text)
{
  return g_pattern_match_simple (pattern, text.c_str ());
}

// Of eight pictures.
const struct Finding {
  const char *fault, *finding, *message, *cure;
  std::size_t seen;
  guint parts = 1;
} kFindings[] = {
    {"none", "good", "All 8 numbers were seen, in their order", "", 8},
    {"merge-neighbours", "neighbours-merged", "*(4 of 8): the server merges images*",
     "set image-label=number or layout=grid, or update the server", 4},
    {"shuffle", "reordered", "The numbers were seen in another order: *", "set layout=grid", 8},
    {"cut-front:5", "front-cut", "The first 3 of 8 numbers were not seen: *",
     "*lower max-edge or batch-size, or set layout=grid", 5},
    {"image-cut:5", "end-cut", "The last 3 of 8 numbers were not seen: *",
     "lower batch-size to 5, or set layout=grid", 5},
    {"shrink:64", "nothing-seen", "None of the 8 numbers was seen: *", "set model *max-edge*", 0},
    {"image-cap:3", "good", "*; the server takes 3 images in a request",
     "to ask in one request lower batch-size, or set layout=grid", 8, 3},
};

}  // namespace

GST_START_TEST (test_findings)
{
  for (const Finding &one : kFindings) {
    AskingPipeline pipeline (probing (one.fault));
    pipeline.run ();
    pipeline.require_exact ();
    fail_unless (pipeline.probes ().size () == 1, "%s: no probe", one.fault);
    const ToldProbe &probe = pipeline.probes ()[0];
    fail_unless (probe.finding == one.finding, "%s: %s", one.fault, probe.finding.c_str ());
    fail_unless (matches (one.message, probe.message), "%s: %s", one.fault, probe.message.c_str ());
    fail_unless (matches (one.cure, probe.cure), "%s: %s", one.fault, probe.cure.c_str ());
    fail_unless (probe.sent.size () == 8 && probe.seen.size () == one.seen, "%s", one.fault);
    fail_unless (probe.parts == one.parts && probe.image_limit == (one.parts > 1 ? 3 : 0));
    fail_unless (probe.width == 640 && probe.height == 360 && probe.schema == "untried");
    fail_unless (probe.prompt_tokens > 0);
    fail_unless_equals_uint64 (pipeline.answers ().size (), 1);
    // A cap is warned of as one.
    const bool is_good = probe.finding == "good" && one.parts == 1;
    fail_unless (pipeline.warnings ().size () == (is_good ? 0 : 1), "%s: %d warnings", one.fault,
                 static_cast<int> (pipeline.warnings ().size ()));
    if (probe.finding != "good")
      fail_unless (pipeline.warnings ()[0] == probe.message + "; " + probe.cure + ".", "%s",
                   pipeline.warnings ()[0].c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_grid)
{
  for (const char *fault : {"none", "merge-neighbours", "shuffle"}) {
    AskingPipeline pipeline (probing (fault, "layout=grid"));
    pipeline.run ();
    const ToldProbe &probe = pipeline.probes ().at (0);
    fail_unless (probe.finding == "good", "%s: %s", fault, probe.message.c_str ());
    fail_unless (probe.width == 4 * 640 && probe.height == 3 * 360);
  }
}
GST_END_TEST

GST_START_TEST (test_schema)
{
  const struct {
    const char *fault, *schema, *message;
  } kCases[] = {
      {"none", "kept", "All 8 numbers were seen, in their order"},
      {"schema-ignored", "ignored", "*; the schema of answers is ignored"},
      {"no-enum", "kept", "All 8 numbers were seen, in their order"},
      {"json-mode-only", "refused", "*; the schema of answers is refused"},
  };
  for (const auto &one : kCases) {
    AskingPipeline pipeline (probing (one.fault, "answer-format=json"));
    pipeline.run ();
    const ToldProbe &probe = pipeline.probes ().at (0);
    fail_unless (probe.schema == one.schema, "%s: %s", one.fault, probe.schema.c_str ());
    fail_unless (matches (one.message, probe.message), "%s: %s", one.fault, probe.message.c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_not_whole)
{
  for (const char *fault : {"length", "content-filter", "refusal", "reasoning-only"}) {
    AskingPipeline pipeline (probing (fault));
    pipeline.run ();
    fail_unless (pipeline.probes ().empty (), "%s", fault);
    fail_unless (pipeline.losses ().size () == 1 && pipeline.losses ()[0].reason == "reply", "%s",
                 fault);
    fail_unless (matches ("*cut or refused, *; raise max_tokens *", pipeline.losses ()[0].message));
  }
}
GST_END_TEST

GST_START_TEST (test_first)
{
  ReaderProcess process ({"--verbose"});
  AskingPipeline pipeline (line_for (
      "question=\"the screen is blue\" model=numpro-reader endpoint=" + process.endpoint () +
          " probe-on-start=true batch-size=2 max-in-flight=4",
      8));
  pipeline.run ();
  pipeline.require_exact ();
  fail_unless_equals_uint64 (pipeline.answers ().size (), 4);
  fail_unless_equals_uint64 (pipeline.counts ().questions, 4);
  const std::string first = process.read_line ();
  fail_unless (first.find ("From") == std::string::npos, "%s", first.c_str ());
  for (int i = 0; i < 4; ++i)
    fail_unless (process.read_line ().find ("From") != std::string::npos);
  fail_unless (pipeline.transcript ().find ("numpro/probe") <
               pipeline.transcript ().find ("numpro/answer"));
}
GST_END_TEST

GST_START_TEST (test_no_server)
{
  AskingPipeline pipeline (
      line_for ("question=\"the screen is blue\" model=m endpoint=http://127.0.0.1:9 "
                "probe-on-start=true"));
  pipeline.run ();
  fail_unless_equals_uint64 (pipeline.losses ().size (), 3);
  const ToldLoss &probe = pipeline.losses ()[0], &question = pipeline.losses ()[1];
  fail_unless (probe.reason == "network" && question.reason == "network");
  fail_unless (probe.message == question.message, "'%s' '%s'", probe.message.c_str (),
               question.message.c_str ());
  fail_unless (matches ("Which numbers do you see, *", probe.question) && probe.numbers.empty ());
  fail_unless (question.question == "the screen is blue");
  fail_unless_equals_uint64 (pipeline.counts ().questions, 1);
  fail_unless (pipeline.warnings ().at (0) ==
               "The probe of the server failed: " + probe.message + ".");
}
GST_END_TEST

GST_START_TEST (test_bounded)
{
  AskingPipeline pipeline (
      line_for ("question=\"the screen is blue\" model=m endpoint=http://127.0.0.1:9 retries=-1 "
                "probe-on-start=true"));
  fail_unless (pipeline.play ());
  // The probe's three, and then the question's.
  pipeline.wait_until ([] (const AskingCounts &now) { return now.retries > 5; });
  pipeline.stop ();
  fail_unless (matches ("Which numbers *", pipeline.losses ().at (0).question));
  fail_unless (matches ("* (after 4 attempts)", pipeline.losses ()[0].message), "%s",
               pipeline.losses ()[0].message.c_str ());
}
GST_END_TEST

GST_START_TEST (test_no_loss)
{
  ReaderProcess process ({"--script=400"});
  AskingPipeline pipeline (line_for (
      "question=\"the screen is blue\" model=numpro-reader endpoint=" + process.endpoint () +
      " probe-on-start=true on-error=error"));
  pipeline.run ();
  fail_unless (pipeline.errors ().empty () && pipeline.warnings ().size () == 1);
  fail_unless (pipeline.probes ().empty () && pipeline.answers ().size () == 1);
}
GST_END_TEST

GST_START_TEST (test_action)
{
  AskingPipeline pipeline (line_for (asking ("none") + "max-edge=640", -1));
  fail_if (start_probe (pipeline));
  gst_element_set_state (pipeline.sink (), GST_STATE_READY);
  fail_if (start_probe (pipeline));
  // Before there is a frame.
  gst_element_set_state (pipeline.sink (), GST_STATE_PAUSED);
  fail_unless (start_probe (pipeline));
  fail_if (start_probe (pipeline));
  pipeline.wait_for_probe ();
  pipeline.stop ();
  fail_if (start_probe (pipeline));
  fail_unless (pipeline.probes ()[0].finding == "good" && pipeline.probes ()[0].sent.size () == 4);
  fail_unless (pipeline.losses ().empty () && pipeline.warnings ().empty ());

  AskingPipeline nobody (line_for ("", -1));
  nobody.play ();
  fail_if (start_probe (nobody));
  nobody.stop ();
}
GST_END_TEST

GST_START_TEST (test_stop)
{
  for (bool is_first : {true, false}) {
    AskingPipeline pipeline (
        line_for (asking ("hang") + (is_first ? "probe-on-start=true" : ""), -1));
    fail_unless (pipeline.play ());
    pipeline.wait_until ([] (const AskingCounts &now) { return now.questions > 0; });
    if (!is_first)
      fail_unless (start_probe (pipeline));
    g_usleep (200000);
    fail_unless (pipeline.stop () < std::chrono::seconds (5));
    fail_unless (pipeline.probes ().empty () && pipeline.warnings ().empty ());
    guint told = 0;
    for (const ToldLoss &loss : pipeline.losses ())
      told += matches ("Which numbers *", loss.question) && loss.reason == "flush";
    fail_unless_equals_int (static_cast<int> (told), 1);
  }
}
GST_END_TEST

GST_START_TEST (test_no_frames)
{
  AskingPipeline pipeline (
      "videotestsrc num-buffers=4 ! video/x-raw,width=320,height=320 ! identity drop-probability=1 ! "
      "numproverlay ! numprosink name=sink max-edge=640 batch-size=4 probe-on-start=true " +
      asking ("none"));
  pipeline.run ();
  const ToldProbe &probe = pipeline.probes ().at (0);
  fail_unless (probe.finding == "good" && probe.width == 640 && probe.height == 360);
}
GST_END_TEST

static Suite *asking_probe_suite ()
{
  Suite *suite = suite_create ("asking probe");
  TCase *tcase = tcase_create ("asking probe");
  suite_add_tcase (suite, tcase);
  tcase_add_unchecked_fixture (tcase, start_reader, stop_reader);
  tcase_add_test (tcase, test_findings);
  tcase_add_test (tcase, test_grid);
  tcase_add_test (tcase, test_schema);
  tcase_add_test (tcase, test_not_whole);
  tcase_add_test (tcase, test_first);
  tcase_add_test (tcase, test_no_server);
  tcase_add_test (tcase, test_bounded);
  tcase_add_test (tcase, test_no_loss);
  tcase_add_test (tcase, test_action);
  tcase_add_test (tcase, test_stop);
  tcase_add_test (tcase, test_no_frames);
  return suite;
}

GST_CHECK_MAIN (asking_probe)
