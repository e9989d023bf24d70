/* SPDX-License-Identifier: LGPL-2.1-or-later */

// One fault of a server at a time, by numpro-reader.
//
// test_faults: a fault taken for an answer, given up that would pass, tried again that would not,
//   or told in words that do not say what happened.
// test_waits: a wait that the server asked for not kept.
// test_image_cap: an answer put together wrongly of those about parts.
// test_unauthorized: a wrong key complained about with every batch, or without the name of the
//   variable to set.
// test_on_error: several errors for one end, or none.
// test_unreachable: a server that is not there waited for longer than connect-timeout.
// test_questions: the loss of one question taken for that of others.

#include <algorithm>

#include "../loopcheck.h"
#include "../reader/readerprocess.h"
#include "askingpipeline.h"
#include "fullsocket.h"

namespace {

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

std::string line_for (const std::string &properties, int frames = 4)
{
  return "videotestsrc pattern=blue num-buffers=" + std::to_string (frames) +
         " ! video/x-raw,format=I420,width=640,height=360 ! numproverlay ! numprosink name=sink "
         "max-edge=336 leaky-type=none batch-size=4 retry-backoff-factor=0.001 retries=2 " +
         properties;
}

std::string asking (const std::string &fault)
{
  return "question=\"the screen is blue\" endpoint=" + reader->endpoint () +
         " model=numpro-reader+" + fault + " ";
}

struct Case {
  const char *fault;
  const char *reason;  // of the failure; null: it is answered
  const char *words;   // in the failure's message, in the answer's problems
  guint requests;      // sent for it
  const char *more = "";
};

const Case kCases[] = {
    {"none", nullptr, "", 1},
    {"hang", "timeout", "(after 3 attempts)", 3, "request-timeout=200000000"},
    {"drip:50", "timeout", "(after 3 attempts)", 3, "request-timeout=300000000"},
    {"reset", "network", "(after 3 attempts)", 3},
    {"truncated", "network", "(after 3 attempts)", 3},
    {"400", "http", "HTTP status 400: This request is wrong, on purpose", 1},
    {"401", "unauthorized", "NUMPRO_API_KEY", 1},
    {"403", "unauthorized", "NUMPRO_API_KEY", 1},
    {"no-such-fault", "http", "HTTP status 404", 1},
    {"408", "http", "HTTP status 408", 3},
    {"409", "http", "HTTP status 409", 3},
    {"429", "http", "HTTP status 429: Rate limit reached (after 3 attempts)", 3},
    {"500", "http", "HTTP status 500", 3},
    {"503", "http", "HTTP status 503: Loading model (after 3 attempts)", 3},
    {"retry-after:0", "http", "HTTP status 429", 3},
    {"retry-after:31", "http", "HTTP status 429", 1},
    {"retry-after:2", "http", "HTTP status 429", 1, "retry-backoff-max=1"},
    {"retry-after-date:3600", "http", "HTTP status 429", 1},
    {"retry-after-date:0", "http", "HTTP status 429", 3},
    {"retry-after-ms:30", "http", "HTTP status 429", 3},
    {"retry-after-ms:31000", "http", "HTTP status 429", 1},
    {"html", "reply", "no JSON", 1},
    {"non-utf8", "reply", "UTF-8", 1},
    {"foreign-json", "reply", "no chat completion", 1},
    {"no-choices", "reply", "no chat completion", 1},
    {"oversized", "reply", "larger than 8 MiB", 1},
    {"reasoning-only", nullptr, "empty but for its reasoning", 1},
    {"length", nullptr, "cut at the limit", 1},
    {"image-cut:2", nullptr, "The numbers seen are 0 to 1, those of the batch 0 to 3", 1,
     "check-frames=true"},
};

void require_loss (const Case &one, const AskingPipeline &pipeline)
{
  const auto lost = pipeline.lost_questions ();
  fail_unless (lost.size () == 1 && pipeline.answers ().empty (), "%s: not lost", one.fault);
  fail_unless (lost[0].reason == one.reason, "%s: %s", one.fault, lost[0].reason.c_str ());
  fail_unless (lost[0].message.find (one.words) != std::string::npos, "%s: %s", one.fault,
               lost[0].message.c_str ());
  fail_unless (lost[0].numbers == (std::vector<guint64>{0, 1, 2, 3}), "%s", one.fault);
  fail_unless_equals_uint64 (pipeline.counts ().failed, 1);
  // A loss is told once to people, too.
  fail_unless (pipeline.warnings ().size () == 1, "%s: %d warnings", one.fault,
               static_cast<int> (pipeline.warnings ().size ()));
  fail_unless (pipeline.warnings ()[0].find (lost[0].message) != std::string::npos);
}

void require_answer (const Case &one, const AskingPipeline &pipeline)
{
  fail_unless (pipeline.answers ().size () == 1, "%s: no answer", one.fault);
  const ToldAnswer &answer = pipeline.answers ()[0];
  fail_unless (answer.problems.find (one.words) != std::string::npos, "%s: '%s' %s", one.fault,
               answer.text.c_str (), answer.problems.c_str ());
  fail_unless (answer.problems.empty () == (*one.words == '\0'), "%s", one.fault);
  fail_unless_equals_int (static_cast<int> (answer.attempts), static_cast<int> (one.requests));
  fail_unless (pipeline.warnings ().empty () && pipeline.losses ().empty (), "%s", one.fault);
}

}  // namespace

GST_START_TEST (test_faults)
{
  for (const Case &one : kCases) {
    AskingPipeline pipeline (line_for (asking (one.fault) + one.more));
    pipeline.run ();
    pipeline.require_exact ();
    fail_unless (pipeline.errors ().empty ());
    const AskingCounts now = pipeline.counts ();
    fail_unless_equals_uint64 (now.questions, 1);
    fail_unless (now.retries + 1 == one.requests, "%s: %d requests", one.fault,
                 static_cast<int> (now.retries + 1));
    if (one.reason)
      require_loss (one, pipeline);
    else
      require_answer (one, pipeline);
  }
}
GST_END_TEST

GST_START_TEST (test_waits)
{
  // A date has whole seconds: what is left of the first one may be nothing.
  const struct {
    const char *fault;
    double seconds;
  } kWaits[] = {{"retry-after:1", 1}, {"retry-after-date:2", 1}, {"retry-after-ms:700", 0.7}};
  for (const auto &wait : kWaits) {
    AskingPipeline pipeline (line_for (asking (wait.fault) + "retries=1"));
    const auto start = std::chrono::steady_clock::now ();
    pipeline.run ();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now () - start;
    pipeline.require_exact ();
    fail_unless_equals_uint64 (pipeline.counts ().retries, 1);
    fail_unless (took.count () >= wait.seconds, "%s: %f s", wait.fault, took.count ());
  }
}
GST_END_TEST

GST_START_TEST (test_image_cap)
{
  AskingPipeline whole (line_for (asking ("none") + "batch-size=8", 16));
  AskingPipeline split (line_for (asking ("image-cap:3") + "batch-size=8", 16));
  whole.run ();
  split.run ();
  split.require_exact ();
  fail_unless_equals_int (static_cast<int> (split.answers ().size ()), 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const ToldAnswer &answer = split.answers ()[i];
    fail_unless (answer.valid && answer.found && answer.problems.empty (), "%s",
                 answer.problems.c_str ());
    fail_unless (answer.spans == whole.answers ()[i].spans, "%s", answer.text.c_str ());
    fail_unless_equals_int (static_cast<int> (answer.attempts), 3);
  }
  fail_unless_equals_uint64 (split.counts ().retries, 0);
  fail_unless (split.warnings ().empty ());
}
GST_END_TEST

GST_START_TEST (test_unauthorized)
{
  for (const char *fault : {"401", "403"}) {
    AskingPipeline pipeline (line_for (asking (fault), 20));
    pipeline.run ();
    pipeline.require_exact ();
    fail_unless_equals_uint64 (pipeline.counts ().failed, 5);
    fail_unless_equals_uint64 (pipeline.counts ().retries, 0);
    fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 1);
    fail_unless (pipeline.warnings ()[0].find ("NUMPRO_API_KEY") != std::string::npos);
  }
}
GST_END_TEST

GST_START_TEST (test_on_error)
{
  for (const char *fault : {"401", "500", "html"}) {
    AskingPipeline pipeline (line_for (asking (fault) + "on-error=error max-in-flight=3", 40));
    pipeline.run ();
    pipeline.require_exact ();
    // The source says that its stream has ended.
    const auto &errors = pipeline.errors ();
    fail_unless_equals_int (static_cast<int> (std::count_if (errors.begin (), errors.end (),
                                                             [] (const std::string &error) {
                                                               return error.find ("was lost") !=
                                                                      std::string::npos;
                                                             })),
                            1);
    fail_unless (errors[0].find ("was lost") != std::string::npos, "%s", errors[0].c_str ());
    fail_unless (pipeline.warnings ().empty ());
  }
}
GST_END_TEST

GST_START_TEST (test_unreachable)
{
  const FullSocket full;
  AskingPipeline late (line_for (
      "question=q model=m connect-timeout=200000000 retries=1 endpoint=" + full.endpoint ()));
  late.run ();
  late.require_exact ();
  fail_unless (late.lost_questions ()[0].reason == "timeout", "%s",
               late.lost_questions ()[0].message.c_str ());

  std::string endpoint;
  {
    const FullSocket gone;
    endpoint = gone.endpoint ();
  }
  AskingPipeline refused (line_for ("question=q model=m endpoint=" + endpoint));
  refused.run ();
  refused.require_exact ();
  fail_unless (refused.lost_questions ()[0].reason == "network", "%s",
               refused.lost_questions ()[0].message.c_str ());
  fail_unless_equals_uint64 (refused.counts ().retries, 2);
}
GST_END_TEST

GST_START_TEST (test_questions)
{
  ReaderProcess process ({"--script=400,none,500,none,none,html"});
  AskingPipeline pipeline (
      line_for ("retries=0 model=numpro-reader endpoint=" + process.endpoint (), 12));
  gst_util_set_object_arg (G_OBJECT (pipeline.sink ()), "questions",
                           "<\"the screen is blue\",\"something red\">");
  pipeline.run ();
  pipeline.require_exact ();
  fail_unless_equals_int (static_cast<int> (pipeline.answers ().size ()), 3);
  const auto lost = pipeline.lost_questions ();
  fail_unless_equals_int (static_cast<int> (lost.size ()), 3);
  fail_unless (lost[0].batch == 0 && lost[0].question == "the screen is blue");
  fail_unless (lost[1].batch == 1 && lost[1].question == "the screen is blue");
  fail_unless (lost[2].batch == 2 && lost[2].question == "something red");
  // Some question about each batch was answered.
  fail_unless_equals_uint64 (pipeline.counts ().delivered, 12);
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 3);
}
GST_END_TEST

static Suite *faults_suite ()
{
  Suite *suite = suite_create ("faults");
  TCase *tcase = tcase_create ("faults");
  suite_add_tcase (suite, tcase);
  tcase_add_unchecked_fixture (tcase, start_reader, stop_reader);
  tcase_add_test (tcase, test_faults);
  tcase_add_test (tcase, test_waits);
  tcase_add_test (tcase, test_image_cap);
  tcase_add_test (tcase, test_unauthorized);
  tcase_add_test (tcase, test_on_error);
  tcase_add_test (tcase, test_unreachable);
  tcase_add_test (tcase, test_questions);
  return suite;
}

GST_CHECK_MAIN (faults)
