/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Answers that are not read, and that numpro-reader is asked back about.
//
// test_asked_back: an answer that stays unread though its model says what it means; asked back
// where
//   nobody is to; a number that the answer does not have let in.
// test_in_vain: an answer lost, or the question asked again, because its restatement failed.
// test_counts: restatements that are not counted, or counted as something else.
// test_written: a restatement that is not in the answer's file.
// test_parts: answers about parts of a batch, of which only the last is restated.
// test_stop: a question that is not told of when it is stopped while it is asked back.
// test_tokens: a restatement that costs more than a fiftieth of its question.

#include <filesystem>
#include <fstream>
#include <iterator>

#include "faultcase.h"
#include "gst/numpro/json.h"
#include "tests/support/temporarydirectory.h"

namespace {

using numpro::Json;

// A sink that asks a reader of its own, with its faults in this order.
class ScriptedReader
{
 public:
  explicit ScriptedReader (const std::string &script) : process_ ({"--script=" + script}) {}

  std::string line (const std::string &more = "", int frames = 4) const
  {
    return line_for ("question=\"the screen is blue\" model=numpro-reader endpoint=" +
                         process_.endpoint () + " " + more,
                     frames);
  }

 private:
  ReaderProcess process_;
};

const struct AskedBack {
  const char *script;
  const char *obstacle;  // "none": it is valid, and found in all frames
  const char *problems;  // a pattern
  guint requests;
  guint restatements;
  const char *more = "";
} kAskedBack[] = {
    {"prose", "none", "", 2, 1},
    {"prose", "not-understood", "It is not understood for certain.", 1, 0, "restate=false"},
    {"prose,invent", "invented",
     "Asked back, the model names a number that its answer does not have: 777777.", 2, 1},
    {"blind", "blind", "The model says that it sees no frames, or no numbers.", 2, 1},
    {"prose,500", "none", "", 3, 1},
    {"prose,429,500", "none", "", 4, 1},
    {"prose,sse", "none", "", 2, 1},
    {"prose,loading", "none", "", 3, 1},
    {"prose,no-format", "none", "", 3, 1},
    // The whole of the question is refused first.
    {"cap-ollama", "none", "", 5, 0},
    {"none", "none", "", 1, 0},
    {"length", "cut", "It was cut at the limit on tokens; raise max_tokens in request-options.", 1,
     0},
    {"refusal", "refused", "The model refuses to answer.", 1, 0},
};

const struct InVain {
  const char *script, *problem;
  guint requests;
  const char *more = "";
} kInVain[] = {
    {"prose,400", "HTTP status 400: This request is wrong, on purpose", 2},
    {"prose,hang,hang,hang", "* (after 3 attempts)", 4, "request-timeout=200000000"},
    {"prose,500,500,500",
     "HTTP status 500: The server had an error while processing your request (after 3 attempts)",
     4},
    {"prose,length", "the reply was not whole", 2},
    {"prose,content-filter", "the reply was not whole", 2},
    {"prose,refusal", "the reply was not whole", 2},
    {"prose,reasoning-only", "the reply was not whole", 2},
    {"prose,foreign-json", "the reply is no chat completion", 2},
    {"prose,html", "the reply is no JSON object in UTF-8", 2},
};

// The answer of the first batch, as it was written.
Json answer_in (const std::filesystem::path &directory)
{
  std::ifstream file (directory / "000000" / "answer-1.json");
  return numpro::parse_json (std::string (std::istreambuf_iterator<char> (file), {}));
}

}  // namespace

GST_START_TEST (test_asked_back)
{
  for (const AskedBack &one : kAskedBack) {
    const ScriptedReader scripted (one.script);
    AskingPipeline pipeline (scripted.line (one.more));
    pipeline.run ();
    pipeline.require_exact ();
    fail_unless (pipeline.answers ().size () == 1, "%s: no answer", one.script);
    const ToldAnswer &answer = pipeline.answers ()[0];
    fail_unless (answer.obstacle == one.obstacle, "%s: %s, '%s'", one.script,
                 answer.obstacle.c_str (), answer.problems.c_str ());
    fail_unless (g_pattern_match_simple (one.problems, answer.problems.c_str ()), "%s: '%s'",
                 one.script, answer.problems.c_str ());
    fail_unless (answer.valid == (answer.obstacle == "none"));
    fail_unless (!answer.valid || answer.spans == (Spans{{0, 3}}), "%s", one.script);
    fail_unless (answer.restated == (one.restatements > 0), "%s", one.script);
    fail_unless (answer.attempts == one.requests, "%s: %u requests", one.script, answer.attempts);
    fail_unless (pipeline.counts ().restatements == one.restatements, "%s", one.script);
    fail_unless (pipeline.losses ().empty () && pipeline.lost_questions ().empty ());
  }
}
GST_END_TEST

GST_START_TEST (test_in_vain)
{
  for (const InVain &one : kInVain) {
    const ScriptedReader scripted (one.script);
    AskingPipeline pipeline (scripted.line (one.more));
    pipeline.run ();
    pipeline.require_exact ();
    fail_unless (pipeline.answers ().size () == 1, "%s: no answer", one.script);
    const ToldAnswer &answer = pipeline.answers ()[0];
    const std::string problem =
        std::string ("It is not understood for certain; asked back in vain: ") + one.problem + ".";
    fail_unless (g_pattern_match_simple (problem.c_str (), answer.problems.c_str ()), "%s: '%s'",
                 one.script, answer.problems.c_str ());
    fail_unless (!answer.valid && !answer.restated && answer.obstacle == "not-understood");
    fail_unless (answer.text.find ("it comes in at 0") != std::string::npos, "%s",
                 answer.text.c_str ());
    fail_unless (answer.attempts == one.requests, "%s: %u requests", one.script, answer.attempts);
    fail_unless_equals_uint64 (pipeline.counts ().restatements, 1);
    fail_unless_equals_uint64 (pipeline.counts ().answered, 1);
  }
}
GST_END_TEST

GST_START_TEST (test_counts)
{
  const ScriptedReader scripted ("none,prose,none,prose,500,none,none");
  AskingPipeline pipeline (scripted.line ("max-in-flight=1", 16));
  pipeline.run ();
  pipeline.require_exact ();
  const AskingCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.questions, 4);
  fail_unless_equals_uint64 (now.answered, 4);
  fail_unless_equals_uint64 (now.restatements, 2);
  fail_unless_equals_uint64 (now.retries, 1);
  guint attempts = 0;
  for (const ToldAnswer &answer : pipeline.answers ())
    attempts += answer.attempts;
  fail_unless_equals_uint64 (now.questions + now.retries + now.restatements, attempts);
}
GST_END_TEST

GST_START_TEST (test_written)
{
  const TemporaryDirectory directory;
  // So slow that its latency, in milliseconds, is not 0.
  const ScriptedReader scripted ("prose,drip:1");
  AskingPipeline pipeline (scripted.line ("location=" + directory.path ().string ()));
  pipeline.run ();
  const Json answer = answer_in (directory.path ());
  fail_unless (answer["restated"] == true && answer["valid"] == true);
  fail_unless (answer["text"].get<std::string> ().find ("it comes in at 0") != std::string::npos);
  const Json restatement = numpro::parse_json (answer["restatement"].get<std::string> ());
  fail_unless (restatement["spans"][0]["last"] == 3 && restatement["never"] == false);
  fail_unless (answer["restatement-latency"].get<double> () > 0);
  fail_unless (answer["restatement-usage"]["prompt_tokens"] > 0 &&
               answer["restatement-usage"]["prompt_tokens"] < answer["usage"]["prompt_tokens"]);
}
GST_END_TEST

GST_START_TEST (test_parts)
{
  // Refused whole, then in two parts, each of which is asked back about.
  const ScriptedReader scripted ("image-cap:2,prose,none,prose,none");
  AskingPipeline pipeline (scripted.line ());
  pipeline.run ();
  pipeline.require_exact ();
  const ToldAnswer &answer = pipeline.answers ().at (0);
  fail_unless (answer.valid && answer.restated && answer.spans == (Spans{{0, 3}}), "%s",
               answer.problems.c_str ());
  fail_unless (answer.attempts == 5 && pipeline.counts ().restatements == 2 &&
               pipeline.counts ().parts == 2);
}
GST_END_TEST

GST_START_TEST (test_stop)
{
  const ScriptedReader scripted ("prose,hang");
  AskingPipeline pipeline (scripted.line ());
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.restatements == 1; });
  pipeline.stop ();
  pipeline.require_exact ();
  fail_unless (pipeline.answers ().empty ());
  fail_unless_equals_uint64 (pipeline.counts ().dropped, 1);
}
GST_END_TEST

GST_START_TEST (test_tokens)
{
  const TemporaryDirectory directory;
  const ScriptedReader scripted ("prose");
  AskingPipeline pipeline (
      scripted.line ("batch-size=32 max-edge=672 location=" + directory.path ().string (), 32));
  pipeline.run ();
  const Json answer = answer_in (directory.path ());
  const guint64 question = answer["usage"]["total_tokens"];
  const guint64 restatement = answer["restatement-usage"]["total_tokens"];
  g_print ("a question of 32 frames: %d tokens, its restatement: %d\n", static_cast<int> (question),
           static_cast<int> (restatement));
  fail_unless (restatement > 0 && restatement * 50 < question);
}
GST_END_TEST

static Suite *asking_restate_suite ()
{
  Suite *suite = suite_create ("asking restate");
  TCase *tcase = tcase_create ("asking restate");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_asked_back);
  tcase_add_test (tcase, test_in_vain);
  tcase_add_test (tcase, test_counts);
  tcase_add_test (tcase, test_written);
  tcase_add_test (tcase, test_parts);
  tcase_add_test (tcase, test_stop);
  tcase_add_test (tcase, test_tokens);
  return suite;
}

GST_CHECK_MAIN (asking_restate)
