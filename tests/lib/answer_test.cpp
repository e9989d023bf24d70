/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Answers as objects: what answer-1.json holds. What is read in texts: answer_table_test.cpp.
//
// test_times: spans that end at the last number's own time; UTC lost.
// test_gaps: a span over a hole that its problems do not tell, or that they tell twice.
// test_utc_source: whose clock the times are by, lost on the way.
// test_json: members of answer-1.json renamed, missing or added.
// test_round_trip: a field that JSON loses or changes.
// test_earlier: files of an earlier version of this library refused.
// test_malformed, test_deep: text that is no answer taken for one; a stack that overflows.
// test_delivery: a server's odd usage that breaks the answer's JSON.
// test_invalidate: spans of an answer that is not to be relied on left to be used.
// test_reals: a time or a score with more digits than it has.
// test_merge: spans of two parts that stay apart, or end where their part does; a part that could
// not be read taken for one that shows nothing; the event of the other part lost.
// test_invalid_text: bytes that are no UTF-8 carried into JSON.

#include "tests/support/ledgers.h"

#include "tests/support/handles.h"
#include "tests/support/loopcheck.h"

namespace {

constexpr GstClockTime kUtc = 1795360380 * GST_SECOND;

Owned<GstNumproAnswer> read (GstNumproLedger *ledger, const char *text, bool is_checked = false,
                             GstNumproTask task = GST_NUMPRO_TASK_MOMENT)
{
  const Owned<GstNumproPrompt> prompt (gst_numpro_prompt_new (task, "a red car"));
  gst_numpro_prompt_set_check_frames (prompt.get (), is_checked);
  return Owned<GstNumproAnswer> (gst_numpro_answer_new (prompt.get (), ledger, text));
}

// fail_unless_equals_string() for texts that do not last.
void expect (const std::string &text, const std::string &expected)
{
  fail_unless (text == expected, "%s\n  is not\n%s", text.c_str (), expected.c_str ());
}

std::string json_of (GstNumproAnswer *answer)
{
  return Owned<gchar> (gst_numpro_answer_to_json (answer)).get ();
}

Owned<GstNumproAnswer> from_json (const std::string &json)
{
  return Owned<GstNumproAnswer> (
      gst_numpro_answer_new_from_json (json.c_str (), static_cast<gssize> (json.size ()), nullptr));
}

std::string refusal (const std::string &json)
{
  GError *error = nullptr;
  fail_unless (!gst_numpro_answer_new_from_json (json.c_str (), -1, &error), "%s", json.c_str ());
  const Owned<GError> owned (error);
  fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED));
  return error->message;
}

// All kinds of answers.
std::vector<Owned<GstNumproAnswer>> examples ()
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (96, 32));
  std::vector<Owned<GstNumproAnswer>> answers;
  answers.push_back (read (ledger.get (), "From 98 to 103, from 110 to 110"));
  answers.push_back (read (ledger.get (), "Not visible"));
  answers.push_back (read (ledger.get (), "From \"3\" to 9\n帧"));
  answers.push_back (read (ledger.get (), "From 98 to 103\nNumbers seen: 96 to 111", true));
  answers.push_back (
      read (ledger.get (), "Frame 98: 4.4\nFrame 99: 3", false, GST_NUMPRO_TASK_HIGHLIGHT));
  answers.push_back (read (ledger.get (), "From 98 to 103"));
  gst_numpro_answer_set_delivery (answers.back ().get (), "qwen", 1.23, 2,
                                  "{\"prompt_tokens\": 5120, \"x\": {\"y\": [1, null]}}");
  const Owned<GstNumproLedger> huge = ledger_of (numbers_from (G_MAXUINT64 - 3, 4));
  answers.push_back (read (huge.get (), "Frame 18446744073709551613"));
  answers.push_back (read (ledger.get (), "It drives by in 98, 99 and on to 103."));
  const Owned<GstNumproPrompt> prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a red car"));
  gst_numpro_answer_restate (answers.back ().get (), prompt.get (), ledger.get (),
                             R"({"spans": [{"first": 98, "last": 103}]})");
  gst_numpro_answer_set_restatement_delivery (answers.back ().get (), 0.5, "{\"total_tokens\": 9}");
  return answers;
}

}  // namespace

GST_START_TEST (test_times)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (96, 32));
  const Owned<GstNumproAnswer> answer = read (ledger.get (), "From 98 to 103");
  fail_unless (gst_numpro_answer_get_valid (answer.get ()) &&
               gst_numpro_answer_get_found (answer.get ()));
  fail_unless_equals_uint64 (gst_numpro_answer_get_batch (answer.get ()), 42);
  fail_unless_equals_string (gst_numpro_answer_get_question (answer.get ()), "a red car");
  fail_unless_equals_string (gst_numpro_answer_get_text (answer.get ()), "From 98 to 103");
  fail_unless_equals_int (gst_numpro_answer_get_n_spans (answer.get ()), 1);
  const GstNumproSpan *span = gst_numpro_answer_get_span (answer.get (), 0);
  fail_unless_equals_uint64 (span->start, 1002 * GST_SECOND);
  fail_unless_equals_uint64 (span->end, 1008 * GST_SECOND);
  fail_unless_equals_uint64 (span->utc_start, kUtc + 2 * GST_SECOND);
  fail_unless_equals_uint64 (span->utc_end, kUtc + 8 * GST_SECOND);
  fail_unless (gst_numpro_answer_get_span (answer.get (), 1) == nullptr);
}
GST_END_TEST

// 96, 97 and so on, with holes before 98, 101 and 102.
static Owned<GstNumproLedger> ledger_with_gaps ()
{
  const Owned<GstNumproLedger> whole = ledger_of (numbers_from (96, 8));
  Owned<GstNumproLedger> ledger (gst_numpro_ledger_new (42));
  for (guint i = 0; i < 8; ++i) {
    const Owned<GstNumproSample> sample (
        gst_numpro_sample_copy (gst_numpro_ledger_get_sample (whole.get (), i)));
    sample->gap_before = i == 2 ? 2500 * GST_MSECOND : i == 5 ? 81 * GST_MSECOND : i == 6;
    sample->utc_source = g_strdup ("reference-timestamp");
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  }
  return ledger;
}

GST_START_TEST (test_gaps)
{
  const Owned<GstNumproLedger> ledger = ledger_with_gaps ();
  const std::string first = "The stream has no frames for the 2.5 seconds before frame 98.",
                    second = "The stream has no frames for the 0.09 seconds before frame 101.",
                    third = "The stream has no frames for the 0.01 seconds before frame 102.";
  const struct {
    const char *text;
    std::string problems;
  } kCases[] = {
      {"From 96 to 97", ""},
      {"From 98 to 100", ""},
      {"Frame 98", ""},
      {"From 97 to 98", first},
      {"From 96 to 100", first},
      {"From 97 to 98, from 100 to 103", first + " " + second + " " + third},
      {"Not visible", ""},
  };
  for (const auto &c : kCases) {
    const Owned<GstNumproAnswer> answer = read (ledger.get (), c.text);
    fail_unless (gst_numpro_answer_get_valid (answer.get ()), "%s", c.text);
    expect (problems_of (answer.get ()), c.problems);
  }
  const Owned<GstNumproAnswer> one = read (ledger.get (), "From 96 to 98"),
                               other = read (ledger.get (), "From 99 to 103");
  const Owned<GstNumproAnswer> merged (
      gst_numpro_answer_merge (one.get (), other.get (), ledger.get ()));
  expect (problems_of (merged.get ()), first + " " + second + " " + third);
}
GST_END_TEST

GST_START_TEST (test_utc_source)
{
  const Owned<GstNumproAnswer> without = read (ledger_of (numbers_from (0, 4)).get (), "Frame 2");
  fail_unless (gst_numpro_answer_get_utc_source (without.get ()) == nullptr);
  const Owned<GstNumproLedger> ledger = ledger_with_gaps ();
  const Owned<GstNumproAnswer> answer = read (ledger.get (), "From 96 to 97");
  const Owned<GstNumproAnswer> merged (
      gst_numpro_answer_merge (answer.get (), answer.get (), ledger.get ()));
  const Owned<GstNumproAnswer> read_again (
      gst_numpro_answer_new_from_json (json_of (answer.get ()).c_str (), -1, nullptr));
  for (const auto *one : {&answer, &merged, &read_again})
    fail_unless_equals_string (gst_numpro_answer_get_utc_source (one->get ()),
                               "reference-timestamp");
  const Message message (gst_message_new_numpro_answer (nullptr, answer.get (), nullptr));
  const Message batch (gst_message_new_numpro_batch (nullptr, ledger.get (), nullptr));
  for (const auto *one : {&message, &batch})
    fail_unless_equals_string (
        gst_structure_get_string (gst_message_get_structure (one->get ()), "utc-source"),
        "reference-timestamp");
}
GST_END_TEST

GST_START_TEST (test_json)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (96, 32));
  const Owned<GstNumproAnswer> answer = read (ledger.get (), "From 98 to 103");
  gst_numpro_answer_set_delivery (answer.get (), "qwen", 1.25, 1, "{\"total_tokens\":7}");
  expect (json_of (answer.get ()), R"({
  "version": 1,
  "batch": 42,
  "question": "a red car",
  "text": "From 98 to 103",
  "found": true,
  "valid": true,
  "obstacle": "none",
  "problems": [],
  "spans": [
    {
      "first": 98,
      "last": 103,
      "start": 1002000000000,
      "end": 1008000000000,
      "utc-start": "2026-11-22T15:13:02.000Z",
      "utc-end": "2026-11-22T15:13:08.000Z"
    }
  ],
  "utc-source": null,
  "model": "qwen",
  "latency": 1.25,
  "attempts": 1,
  "usage": {
    "total_tokens": 7
  },
  "restated": false,
  "restatement": null,
  "restatement-latency": null,
  "restatement-usage": null
})");
}
GST_END_TEST

GST_START_TEST (test_round_trip)
{
  for (const Owned<GstNumproAnswer> &answer : examples ()) {
    const std::string json = json_of (answer.get ());
    const Owned<GstNumproAnswer> back = from_json (json);
    fail_unless (back != nullptr, "%s", json.c_str ());
    expect (json_of (back.get ()), json);
    expect (spans_of (back.get ()), spans_of (answer.get ()));
    expect (problems_of (back.get ()), problems_of (answer.get ()));
    fail_unless_equals_int (gst_numpro_answer_get_n_highlights (back.get ()),
                            gst_numpro_answer_get_n_highlights (answer.get ()));
    fail_unless (g_strcmp0 (gst_numpro_answer_get_model (back.get ()),
                            gst_numpro_answer_get_model (answer.get ())) == 0);
    fail_unless (gst_numpro_answer_get_latency (back.get ()) ==
                 gst_numpro_answer_get_latency (answer.get ()));
    fail_unless_equals_int (gst_numpro_answer_get_attempts (back.get ()),
                            gst_numpro_answer_get_attempts (answer.get ()));
  }
}
GST_END_TEST

// As it was written before there were obstacles and restatements.
GST_START_TEST (test_earlier)
{
  const struct {
    const char *valid, *spans;
    GstNumproObstacle obstacle;
  } kAnswers[] = {
      {"true", R"({"first": 98, "last": 99, "start": null, "end": null, "utc-start": null,
                   "utc-end": null})",
       GST_NUMPRO_OBSTACLE_NONE},
      {"false", "", GST_NUMPRO_OBSTACLE_OTHER},
  };
  for (const auto &one : kAnswers) {
    const Owned<GstNumproAnswer> answer =
        from_json (std::string (R"({"version": 1, "batch": 42, "question": "a red car",
          "text": "", "problems": [], "model": null, "latency": null, "attempts": null,
          "usage": null, "valid": )") +
                   one.valid + ", \"found\": " + (one.spans[0] ? "true" : "false") +
                   ", \"spans\": [" + one.spans + "]}");
    fail_unless (answer != nullptr, "%s", one.valid);
    fail_unless_equals_int (gst_numpro_answer_get_obstacle (answer.get ()), one.obstacle);
    fail_unless (gst_numpro_answer_get_restatement (answer.get ()) == nullptr);
  }
}
GST_END_TEST

GST_START_TEST (test_malformed)
{
  for (const char *json : {"", "{", "[]", "7", "null", "{}"})
    refusal (json);
  const std::vector<Owned<GstNumproAnswer>> answers = examples ();
  const struct {
    std::size_t example;
    const char *good, *bad, *where;
  } kChanges[] = {
      {0, "\"batch\": 42", "\"batch\": -1", "batch"},
      {0, "\"text\": \"From", "\"txt\": \"From", "text"},
      {0, "\"found\": true", "\"found\": 1", "found"},
      {0, "\"found\": true", "\"found\": false", "found"},
      {1, "\"valid\": true", "\"valid\": \"true\"", "valid"},
      {1, "\"valid\": true", "\"valid\": false", "valid"},
      {2, "\"obstacle\": \"not-understood\"", "\"obstacle\": \"nonsense\"", "obstacle"},
      {1, "\"problems\": []", "\"problems\": [7]", "problems"},
      {1, "\"problems\": []", "\"problems\": {}", "problems"},
      {0, "\"last\": 103", "\"last\": 103.5", "spans[0].last"},
      {0, "\"first\": 110", "\"first\": null", "spans[1].first"},
      {0, "15:13:02.000Z", "15:13:02.000", "spans[0].utc-start"},
      {0, "\"spans\": [", "\"spans\": [ 7,", "spans[0]"},
      {3, "\"last-seen\": 111", "\"last-seen\": true", "last-seen"},
      {4, "\"score\": 3", "\"score\": \"3", "not JSON"},
      {4, "\"number\": 99", "\"number\": -99", "highlights[1].number"},
      {5, "\"latency\": 1.23", "\"latency\": \"1\"", "latency"},
      {5, "\"attempts\": 2", "\"attempts\": 4294967296", "attempts"},
      {5, "\"usage\": {", "\"usage\": [], \"u\": {", "usage"},
      {7, "\"restatement-latency\": 0.5", "\"restatement-latency\": null", "restatement-latency"},
      {7, "\"restatement-usage\": {", "\"restatement-usage\": 7, \"u\": {", "restatement-usage"},
  };
  for (const auto &change : kChanges) {
    std::string json = json_of (answers[change.example].get ());
    const std::size_t at = json.find (change.good);
    fail_unless (at != std::string::npos, "%s", change.good);
    json.replace (at, std::string (change.good).size (), change.bad);
    const std::string message = refusal (json);
    fail_unless (message.find (change.where) != std::string::npos, "%s", message.c_str ());
  }
  const std::string json = json_of (answers[5].get ());
  for (std::size_t length = 0; length + 1 < json.size (); ++length)
    fail_unless_in_loop (!from_json (json.substr (0, length)), "%d bytes are an answer",
                         static_cast<int> (length));
}
GST_END_TEST

GST_START_TEST (test_deep)
{
  const std::string deep (1000000, '[');
  fail_unless (refusal ("{\"version\":1,\"usage\":" + deep).find ("deep") != std::string::npos);
  GError *error = nullptr;
  fail_unless (!gst_numpro_ledger_new_from_json (deep.c_str (), -1, &error));
  g_clear_error (&error);
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 4));
  for (const char *start : {"", "{\"spans\":"}) {
    const Owned<GstNumproAnswer> answer = read (ledger.get (), (start + deep).c_str ());
    fail_if (gst_numpro_answer_get_valid (answer.get ()));
    gst_numpro_answer_set_delivery (answer.get (), "m", 0, 1, (start + deep).c_str ());
    fail_unless (json_of (answer.get ()).find ("\"usage\": null") != std::string::npos);
  }
}
GST_END_TEST

GST_START_TEST (test_delivery)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 4));
  const Owned<GstNumproAnswer> answer = read (ledger.get (), "From 1 to 2");
  fail_unless (gst_numpro_answer_get_model (answer.get ()) == nullptr);
  for (const char *usage : {static_cast<const char *> (nullptr), "", "7", "[]", "{", "\xff",
                            "{\"a\": \"\xff\"}", "{\"a\": 1e999}"}) {
    gst_numpro_answer_set_delivery (answer.get (), "\xffm", 0.5, 3, usage);
    const std::string json = json_of (answer.get ());
    fail_unless (json.find ("\"usage\": null") != std::string::npos, "%s", json.c_str ());
    fail_unless (from_json (json) != nullptr, "%s", json.c_str ());
  }
  fail_unless_equals_int (gst_numpro_answer_get_attempts (answer.get ()), 3);
}
GST_END_TEST

GST_START_TEST (test_invalidate)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 4));
  const Owned<GstNumproAnswer> answer = read (ledger.get (), "From 1 to 2", true);
  gst_numpro_answer_set_obstacle (answer.get (), GST_NUMPRO_OBSTACLE_CUT, "too soon");
  expect (problems_of (answer.get ()),
          "It was cut: too soon. It does not say which numbers were seen first and last.");
  fail_unless_equals_int (gst_numpro_answer_get_obstacle (answer.get ()), GST_NUMPRO_OBSTACLE_CUT);
  fail_if (gst_numpro_answer_needs_restatement (answer.get ()));
  fail_if (gst_numpro_answer_get_valid (answer.get ()) ||
           gst_numpro_answer_get_found (answer.get ()));
  expect (spans_of (answer.get ()), "");
  expect (gst_numpro_answer_get_text (answer.get ()), "From 1 to 2");
  expect (json_of (from_json (json_of (answer.get ())).get ()), json_of (answer.get ()));

  const Owned<GstNumproAnswer> scores =
      read (ledger.get (), "Frame 1: 4.4", false, GST_NUMPRO_TASK_HIGHLIGHT);
  gst_numpro_answer_invalidate (scores.get (), "\xff");
  expect (problems_of (scores.get ()), "\xef\xbf\xbd");
  fail_unless_equals_int (gst_numpro_answer_get_obstacle (scores.get ()),
                          GST_NUMPRO_OBSTACLE_OTHER);
  fail_unless_equals_int (gst_numpro_answer_get_n_highlights (scores.get ()), 0);
  fail_unless (from_json (json_of (scores.get ())) != nullptr);
}
GST_END_TEST

GST_START_TEST (test_reals)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 4));
  const struct {
    double latency;
    const char *text;
  } kLatencies[] = {
      {0.214563263, "0.215"}, {0.1, "0.1"}, {61.2344999, "61.234"}, {3, "3.0"}, {0, "0.0"},
      {0.0004, "0.0"}};
  const Owned<GstNumproAnswer> answer = read (ledger.get (), "\"0.10000000000000001\" \\\"0.50\"");
  for (const auto &latency : kLatencies) {
    gst_numpro_answer_set_delivery (answer.get (), "m-0.30", latency.latency, 1,
                                    "{\"cost\": 1.1e-7, \"tokens\": 9007199254740993}");
    const std::string json = json_of (answer.get ());
    for (const std::string &member :
         {std::string ("\"latency\": ") + latency.text + ",", std::string ("\"m-0.30\""),
          std::string ("\"cost\": 1.1e-07,"), std::string ("\"tokens\": 9007199254740993\n"),
          std::string ("\\\"0.10000000000000001\\\" \\\\\\\"0.50\\\"")})
      fail_unless (json.find (member) != std::string::npos, "%s in %s", member.c_str (),
                   json.c_str ());
  }
  const Owned<GstNumproAnswer> scores =
      read (ledger.get (), "Frame 1: 4.4", false, GST_NUMPRO_TASK_HIGHLIGHT);
  fail_unless (json_of (scores.get ()).find ("\"score\": 4.4\n") != std::string::npos, "%s",
               json_of (scores.get ()).c_str ());
}
GST_END_TEST

GST_START_TEST (test_merge)
{
  const Owned<GstNumproLedger> front = ledger_of (numbers_from (0, 16));
  const Owned<GstNumproLedger> whole = ledger_of (numbers_from (0, 32));
  const Owned<GstNumproLedger> back (gst_numpro_ledger_new (42));
  for (guint i = 16; i < 32; ++i)
    gst_numpro_ledger_append (back.get (), gst_numpro_ledger_get_sample (whole.get (), i));
  const struct {
    const char *one, *other, *spans;
    bool is_valid;
    const char *problem;
  } kMerges[] = {
      {"From 10 to 15", "From 16 to 20", "10-20", true, ""},
      {"From 10 to 14", "From 16 to 20", "10-14 16-20", true, ""},
      {"From 3 to 15", "Not visible", "3-15", true, ""},
      {"Not visible", "From 20 to 22, from 30 to 31", "20-22 30-31", true, ""},
      {"Not visible", "Not visible", "", true, ""},
      {"From 3 to 9", "I cannot tell.", "3-9", false, "refuses"},
      {"From 3 to 99", "Not visible", "", false, "99"},
      {"From 9 to 3", "From 18 to 20", "18-20", false, "comes before"},
  };
  for (const auto &merge : kMerges) {
    const Owned<GstNumproAnswer> one = read (front.get (), merge.one);
    const Owned<GstNumproAnswer> other = read (back.get (), merge.other);
    const Owned<GstNumproAnswer> answer (
        gst_numpro_answer_merge (one.get (), other.get (), whole.get ()));
    expect (spans_of (answer.get ()), merge.spans);
    fail_unless (gst_numpro_answer_get_valid (answer.get ()) == merge.is_valid, "%s", merge.other);
    fail_unless (gst_numpro_answer_get_found (answer.get ()) == (merge.spans[0] != '\0'));
    const std::string problems = problems_of (answer.get ());
    fail_unless (problems.find (merge.problem) != std::string::npos &&
                     problems.empty () == (merge.problem[0] == '\0'),
                 "%s", problems.c_str ());
    fail_unless (from_json (json_of (answer.get ())) != nullptr);
  }
  // The last number of the first part now has a successor, which may be late.
  const Owned<GstNumproLedger> late (gst_numpro_ledger_new (42));
  for (guint i = 0; i < 32; ++i) {
    const Owned<GstNumproSample> sample (
        gst_numpro_sample_copy (gst_numpro_ledger_get_sample (whole.get (), i)));
    sample->stream_time += i >= 16 ? 5 * GST_SECOND : 0;
    gst_numpro_ledger_append (late.get (), sample.get ());
  }
  const Owned<GstNumproAnswer> one = read (front.get (), "From 10 to 15");
  const Owned<GstNumproAnswer> other = read (back.get (), "Not visible");
  const Owned<GstNumproAnswer> answer (
      gst_numpro_answer_merge (one.get (), other.get (), late.get ()));
  fail_unless_equals_uint64 (gst_numpro_answer_get_span (one.get (), 0)->end, 1016 * GST_SECOND);
  fail_unless_equals_uint64 (gst_numpro_answer_get_span (answer.get (), 0)->end, 1021 * GST_SECOND);
}
GST_END_TEST

GST_START_TEST (test_invalid_text)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 4));
  const Owned<GstNumproAnswer> answer = read (ledger.get (), "\xff\xfe From 1 to 2 \xe5\xb8");
  fail_unless (g_utf8_validate (gst_numpro_answer_get_text (answer.get ()), -1, nullptr));
  fail_unless (from_json (json_of (answer.get ())) != nullptr);
}
GST_END_TEST

static Suite *answer_suite ()
{
  Suite *suite = suite_create ("answer");
  TCase *tcase = tcase_create ("answer");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_times);
  tcase_add_test (tcase, test_gaps);
  tcase_add_test (tcase, test_utc_source);
  tcase_add_test (tcase, test_json);
  tcase_add_test (tcase, test_round_trip);
  tcase_add_test (tcase, test_earlier);
  tcase_add_test (tcase, test_malformed);
  tcase_add_test (tcase, test_deep);
  tcase_add_test (tcase, test_delivery);
  tcase_add_test (tcase, test_invalidate);
  tcase_add_test (tcase, test_reals);
  tcase_add_test (tcase, test_merge);
  tcase_add_test (tcase, test_invalid_text);
  return suite;
}

GST_CHECK_MAIN (answer)
