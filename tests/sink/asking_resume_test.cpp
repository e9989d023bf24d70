/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Questions that an earlier process was not answered.
//
// test_kill: kill -9 at any moment, after which a question is not asked again, or one that has its
//   answer is; an answer that is not in answers.jsonl; an answers.vtt that is not valid.
// test_own_words: an old batch asked what is asked now, or with other words than its own.
// test_not_asked_for: bundles that are asked about without resume=true.
// test_unreadable: a broken bundle that is not told, keeps the others from being asked about, or
// has
//   a file sent that is not in it.
// test_stop: a stop that waits for old questions, or takes them off the disk.
// test_end: an end of stream that waits for them for longer than drain-timeout.
// test_flush: a flush that gives up all of them.
//
// The processes that are killed are this program, called with "ask", a directory and an endpoint.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "tests/support/askingpipeline.h"
#include "tests/support/loopcheck.h"
#include "tests/support/readerprocess.h"
#include "tests/support/temporarydirectory.h"
#include "tests/support/victim.h"
#include "tests/support/wholebundle.h"

namespace fs = std::filesystem;

namespace {

constexpr int kKills = 12;
constexpr char kQuestions[] = "<\"the screen is blue\",\"something red\">";

// One for all tests: it takes its time to start. Not an object, which would end it in every process
// that a test runs in.
ReaderProcess *reader = nullptr;

void start_reader ()
{
  reader = new ReaderProcess;
}

void stop_reader ()
{
  delete reader;
}

// The same sixteen pictures again and again: reading them is not what this is about.
std::string line_for (const std::string &endpoint, const fs::path &location,
                      const std::string &properties, int frames)
{
  return "videotestsrc pattern=blue num-buffers=" + std::to_string (frames) +
         " ! video/x-raw,format=I420,width=320,height=240 ! numproverlay wrap=16 ! numprosink "
         "name=sink max-edge=320 leaky-type=none batch-size=4 retry-backoff-factor=0.001 model="
         "numpro-reader endpoint=" +
         endpoint + " location=" + location.string () + " " + properties;
}

std::string line_for (const fs::path &location, const std::string &properties, int frames)
{
  return line_for (reader->endpoint (), location, properties, frames);
}

constexpr char kHanging[] = "model=numpro-reader+hang";

// Makes bundles and asks about them for ever; says when there is a bundle, and an answer if there
// will be one.
int ask_for_ever (const char *directory, const char *endpoint, const std::string &properties)
{
  AskingPipeline pipeline (line_for (endpoint, directory, properties, -1));
  gst_util_set_object_arg (G_OBJECT (pipeline.sink ()), "questions", kQuestions);
  pipeline.play ();
  const guint64 answers = properties != kHanging;
  pipeline.wait_until (
      [answers] (const AskingCounts &now) { return now.delivered > 0 && now.answered >= answers; });
  return Victim::wait_for_death ();
}

// Bundles whose questions nobody answered.
void make_unanswered (const fs::path &location, const std::string &properties, int bundles)
{
  AskingPipeline pipeline (
      line_for (location, "retries=0 model=numpro-reader+500 " + properties, 4 * bundles));
  pipeline.run ();
  fail_unless_equals_uint64 (pipeline.counts ().failed, static_cast<guint64> (bundles));
}

using Asked = std::set<std::pair<guint64, std::string>>;  // batches and questions

std::string question_in (const fs::path &path)
{
  const std::string json = contents_of (path);
  GError *error = nullptr;
  GstNumproPrompt *prompt =
      gst_numpro_prompt_new_from_json (json.data (), static_cast<gssize> (json.size ()), &error);
  fail_unless_in_loop (prompt, "%s: %s", path.c_str (), error ? error->message : "");
  const std::string question = gst_numpro_prompt_get_question (prompt);
  gst_numpro_prompt_unref (prompt);
  return question;
}

// The questions of all bundles; those that have an answer, or those that have not.
Asked questions_under (const fs::path &location, bool answered)
{
  Asked asked;
  for (const fs::path &bundle : bundles_in (location)) {
    if (!fs::is_directory (bundle))
      continue;
    for (int i = 1; fs::exists (bundle / ("question-" + std::to_string (i) + ".json")); ++i) {
      if (fs::exists (bundle / ("answer-" + std::to_string (i) + ".json")) == answered)
        asked.emplace (std::stoull (bundle.filename ().string ()),
                       question_in (bundle / ("question-" + std::to_string (i) + ".json")));
    }
  }
  return asked;
}

Asked questions_in_lines (const fs::path &location)
{
  Asked asked;
  std::ifstream lines (location / "answers.jsonl");
  for (std::string line; std::getline (lines, line);) {
    GstNumproAnswer *answer = gst_numpro_answer_new_from_json (line.c_str (), -1, nullptr);
    fail_unless_in_loop (answer, "no answer: %s", line.c_str ());
    asked.emplace (gst_numpro_answer_get_batch (answer), gst_numpro_answer_get_question (answer));
    gst_numpro_answer_unref (answer);
  }
  return asked;
}

void require_webvtt (const fs::path &path)
{
  if (!fs::exists (path))
    return;
  GError *error = nullptr;
  GstNumproTimeline *timeline = gst_numpro_timeline_new_from_text (
      GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, contents_of (path).c_str (), -1, 0, 0, &error);
  fail_unless_in_loop (timeline, "%s", error ? error->message : "");
  gst_numpro_timeline_unref (timeline);
}

// All questions that are answered, each once.
Asked told_in (const AskingPipeline &pipeline)
{
  Asked told;
  for (const ToldAnswer &answer : pipeline.answers ())
    fail_unless_in_loop (told.emplace (answer.batch, answer.question).second, "answered twice");
  return told;
}

}  // namespace

GST_START_TEST (test_kill)
{
  const TemporaryDirectory directory;
  std::minstd_rand random (1);
  const char *const kProperties[] = {"max-in-flight=2", "resume=true max-in-flight=2", kHanging};
  for (int i = 0; i < kKills; ++i) {
    Victim victim ({"ask", directory.path ().string (), reader->endpoint (), kProperties[i % 3]});
    g_usleep (random () % 100000);
    victim.kill_it ();
    require_webvtt (directory.path () / "answers.vtt");
  }
  const Asked unanswered = questions_under (directory.path (), false);
  const Asked answered = questions_under (directory.path (), true);
  fail_unless (!unanswered.empty () && !answered.empty ());

  AskingPipeline pipeline (line_for (
      directory.path (), "question=\"the screen is blue\" resume=true max-in-flight=3", 4));
  pipeline.run ();
  fail_unless (questions_under (directory.path (), false).empty ());
  const Asked all = questions_under (directory.path (), true);
  fail_unless (questions_in_lines (directory.path ()) == all);
  Asked expected = unanswered;
  expected.emplace (all.rbegin ()->first, "the screen is blue");
  fail_unless (told_in (pipeline) == expected, "%d answered, not %d",
               static_cast<int> (pipeline.answers ().size ()), static_cast<int> (expected.size ()));
  const AskingCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.questions, expected.size ());
  fail_unless_equals_uint64 (now.answered, expected.size ());
  fail_unless_equals_uint64 (now.samples, 4);
  fail_unless (pipeline.losses ().empty () && pipeline.warnings ().empty ());
}
GST_END_TEST

GST_START_TEST (test_own_words)
{
  const TemporaryDirectory directory;
  make_unanswered (directory.path (), "question=\"the screen is blue\" answer-format=json", 2);
  make_unanswered (directory.path (), "question=\"the screen is red\" prompt=\"{question}?\"", 1);
  AskingPipeline pipeline (
      line_for (directory.path (), "question=\"something green\" resume=true", 4));
  pipeline.run ();
  const Asked told = told_in (pipeline);
  fail_unless (told == Asked ({{0, "the screen is blue"},
                               {1, "the screen is blue"},
                               {2, "the screen is red"},
                               {3, "something green"}}));
  for (const ToldAnswer &answer : pipeline.answers ()) {
    fail_unless (answer.valid, "%s", answer.text.c_str ());
    const bool is_blue = answer.question == "the screen is blue";
    fail_unless (answer.found == is_blue);
    // Its own format, and the numbers of its own batch.
    fail_unless (answer.text.starts_with ("{") == is_blue, "%s", answer.text.c_str ());
    if (is_blue)
      fail_unless (answer.spans ==
                   decltype (answer.spans) ({{4 * answer.batch, 4 * answer.batch + 3}}));
  }
  const std::string request = contents_of (directory.path () / "000002" / "request-1.json");
  fail_unless (request.find ("\"the screen is red?\"") != std::string::npos, "%s",
               request.c_str ());
}
GST_END_TEST

GST_START_TEST (test_not_asked_for)
{
  const TemporaryDirectory directory;
  make_unanswered (directory.path (), "question=\"the screen is blue\"", 2);
  AskingPipeline pipeline (line_for (directory.path (), "question=\"something red\"", 4));
  pipeline.run ();
  fail_unless (told_in (pipeline) == Asked ({{2, "something red"}}));
  pipeline.require_exact ();
}
GST_END_TEST

GST_START_TEST (test_unreadable)
{
  const TemporaryDirectory directory;
  const fs::path &path = directory.path ();
  make_unanswered (path, "question=\"the screen is blue\"", 7);
  const auto replace = [&path] (const char *file, const std::string &what, const char *with) {
    std::string text = contents_of (path / file);
    const std::size_t at = text.find (what);
    fail_unless_in_loop (at != std::string::npos, "%s", text.c_str ());
    std::ofstream (path / file, std::ios::binary) << text.replace (at, what.size (), with);
  };
  std::ofstream (path / "000000" / "ledger.json", std::ios::trunc);
  replace ("000001/ledger.json", "000004.jpg", "../000002/000008.jpg");
  fs::remove (path / "000002" / "000009.jpg");
  replace ("000003/question-1.json", "moment", "minute");
  fs::remove (path / "000004" / "ledger.json");
  // Whoever tidies up while it runs needs no message.
  fs::remove_all (path / "000005");

  AskingPipeline pipeline (line_for (path, "question=\"something red\" resume=true", 4));
  pipeline.run ();
  fail_unless (told_in (pipeline) == Asked ({{6, "the screen is blue"}, {7, "something red"}}));
  const char *const kNamed[] = {"000000/ledger.json", "000001/ledger.json: names an image",
                                "000002/000009.jpg", "000003/question-1.json",
                                "000004/ledger.json"};
  fail_unless_equals_int (static_cast<int> (pipeline.losses ().size ()), 5);
  for (std::size_t i = 0; i < pipeline.losses ().size (); ++i) {
    const ToldLoss &loss = pipeline.losses ()[i];
    fail_unless_equals_uint64 (loss.batch, i);
    fail_unless (loss.reason == "disk" && loss.numbers.empty ());
    fail_unless (loss.message.find (kNamed[i]) != std::string::npos, "%s", loss.message.c_str ());
  }
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 5);
  fail_unless_equals_uint64 (pipeline.counts ().questions, 2);
}
GST_END_TEST

GST_START_TEST (test_stop)
{
  const TemporaryDirectory directory;
  make_unanswered (directory.path (), "question=\"the screen is blue\"", 5);
  AskingPipeline pipeline (
      line_for (directory.path (), std::string ("resume=true ") + kHanging, 100000));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.pending == 1; });
  // The bound of a stop is tested by itself; this is none that waits for the server.
  fail_unless (pipeline.stop () < std::chrono::seconds (5));
  fail_unless_equals_int (static_cast<int> (questions_under (directory.path (), false).size ()), 5);
  const AskingCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.questions, 1);
  fail_unless_equals_uint64 (now.dropped, 1);
  fail_unless_equals_int (static_cast<int> (pipeline.lost_questions ().size ()), 1);
}
GST_END_TEST

GST_START_TEST (test_end)
{
  const TemporaryDirectory directory;
  make_unanswered (directory.path (), "question=\"the screen is blue\"", 2);
  AskingPipeline pipeline (line_for (
      directory.path (), std::string ("resume=true drain-timeout=100000000 ") + kHanging, 4));
  fail_unless (pipeline.play ());
  pipeline.wait_for_end ();
  fail_unless (pipeline.errors ().empty ());
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 1);
  fail_unless (pipeline.warnings ()[0].find ("drain-timeout") != std::string::npos);
  pipeline.stop ();
}
GST_END_TEST

GST_START_TEST (test_flush)
{
  const TemporaryDirectory directory;
  make_unanswered (directory.path (), "question=\"the screen is blue\"", 12);
  AskingPipeline pipeline (line_for (directory.path (), "resume=true max-in-flight=2", 200));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.questions > 0; });
  pipeline.flush ();
  pipeline.wait_for_end ();
  pipeline.stop ();
  const AskingCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.questions, 12);
  fail_unless_equals_uint64 (now.answered, pipeline.answers ().size ());
  fail_unless_equals_uint64 (now.dropped, 12 - now.answered);
  // Those under way then.
  fail_unless (now.dropped <= 2, "%d", static_cast<int> (now.dropped));
  fail_unless_equals_uint64 (now.dropped, pipeline.lost_questions ().size ());
}
GST_END_TEST

static Suite *resume_suite ()
{
  Suite *suite = suite_create ("resume");
  TCase *tcase = tcase_create ("resume");
  suite_add_tcase (suite, tcase);
  tcase_add_unchecked_fixture (tcase, start_reader, stop_reader);
  tcase_add_test (tcase, test_kill);
  tcase_add_test (tcase, test_own_words);
  tcase_add_test (tcase, test_not_asked_for);
  tcase_add_test (tcase, test_unreadable);
  tcase_add_test (tcase, test_stop);
  tcase_add_test (tcase, test_end);
  tcase_add_test (tcase, test_flush);
  return suite;
}

int main (int argc, char **argv)
{
  if (argc == 5 && std::string (argv[1]) == "ask") {
    gst_init (nullptr, nullptr);
    return ask_for_ever (argv[2], argv[3], argv[4]);
  }
  gst_check_init (&argc, &argv);
  return gst_check_run_suite (resume_suite (), "resume", __FILE__);
}
