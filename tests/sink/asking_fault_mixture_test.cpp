/* SPDX-License-Identifier: LGPL-2.1-or-later */

// All faults of a server in random order. Twice the same seed is twice the same order of faults.
//
//   mixture_test [REQUESTS [SEED]]
//
// Catches a question that is lost without a word or told twice, counts that do not add up at some
// instant, a client that is left unusable by some fault, and a stream that does not end.

#include <cstdio>
#include <map>

#include "tests/support/askingpipeline.h"
#include "tests/support/loopcheck.h"
#include "tests/support/readerprocess.h"

namespace {

guint64 requests = 500, seed = 1;

// In one request of three something is wrong.
constexpr char kFaults[] =
    "none=50,hang,reset=2,400,401,403,408,409,429,500,503,retry-after:0,retry-after-date:0,"
    "retry-after-ms:5,retry-after:400,html,foreign-json,oversized=0.2,no-choices,reasoning-only,"
    "length,finish,finish:SAFETY,refusal,sse,sse-cut,sse-error,json-then-done,gzip,error-in-200,"
    "error-in-choice,202,html-error,quota,truncated=2,non-utf8,drip:1,image-cap:2=0.2,image-cut:1,"
    "shrink:64,prose=6,blind=2,invent=4";

// So many questions that they come to this many requests: two a batch, and retries.
guint64 frames ()
{
  return 4 * (requests / 2);
}

std::string line_for (const ReaderProcess &reader)
{
  // The same sixteen pictures again and again: reading them is not what this is about.
  return "videotestsrc pattern=blue num-buffers=" + std::to_string (frames ()) +
         " ! video/x-raw,format=I420,width=640,height=360 ! numproverlay wrap=16 ! numprosink "
         "name=sink max-edge=336 leaky-type=none batch-size=4 max-in-flight=4 history=0 "
         "drain-timeout=600000000000 request-timeout=500000000 retry-backoff-factor=0.001 "
         "retries=2 model=numpro-reader endpoint=" +
         reader.endpoint ();
}

void report (const AskingPipeline &pipeline, double seconds)
{
  const AskingCounts now = pipeline.counts ();
  std::map<std::string, int> reasons;
  for (const ToldLoss &loss : pipeline.lost_questions ())
    ++reasons[loss.reason];
  std::printf (
      "seed %d: %d questions, %d requests or more, %d of them asking back, %d answered, %d failed, %d looks, "
      "%.1f s\n",
      static_cast<int> (seed), static_cast<int> (now.questions),
      static_cast<int> (now.questions + now.retries + now.restatements),
      static_cast<int> (now.restatements), static_cast<int> (now.answered),
      static_cast<int> (now.failed), pipeline.looks (), seconds);
  for (const auto &[reason, count] : reasons)
    std::printf ("  %s: %d\n", reason.c_str (), count);
}

}  // namespace

GST_START_TEST (test_mixture)
{
  ReaderProcess reader ({std::string ("--faults=") + kFaults, "--seed=" + std::to_string (seed)});
  AskingPipeline pipeline (line_for (reader));
  gst_util_set_object_arg (G_OBJECT (pipeline.sink ()), "questions",
                           "<\"the screen is blue\",\"something red\">");
  const auto start = std::chrono::steady_clock::now ();
  fail_unless (pipeline.play ());
  // Far longer than any fault takes.
  pipeline.wait_for_end (AskingPipeline::kPatience + std::chrono::seconds (requests / 10));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now () - start;
  pipeline.stop ();
  report (pipeline, took.count ());

  pipeline.require_exact ();
  fail_unless (pipeline.looks () > 100);
  fail_unless (pipeline.errors ().empty ());
  const AskingCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.questions, requests);
  fail_unless_equals_uint64 (now.dropped, 0);
  fail_unless (now.answered > requests / 2 && now.failed > requests / 20);
  guint64 asked_back = 0;
  for (const ToldAnswer &answer : pipeline.answers ()) {
    fail_unless_in_loop (answer.attempts >= 1 && answer.attempts <= 15, "%u", answer.attempts);
    const bool in_vain = answer.problems.find ("asked back in vain") != std::string::npos;
    fail_unless_in_loop (answer.obstacle != "not-understood" || answer.restated || in_vain, "%s",
                         answer.problems.c_str ());
    asked_back += answer.restated || in_vain;
  }
  // A batch in parts may be asked back about more than once.
  fail_unless (asked_back > requests / 50 && asked_back <= now.restatements &&
                   now.restatements - asked_back <= now.parts,
               "%d and %d", static_cast<int> (asked_back), static_cast<int> (now.restatements));
}
GST_END_TEST

static Suite *mixture_suite ()
{
  Suite *suite = suite_create ("mixture");
  TCase *tcase = tcase_create ("mixture");
  tcase_set_timeout (tcase, 0);
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_mixture);
  return suite;
}

int main (int argc, char **argv)
{
  gst_check_init (&argc, &argv);
  if (argc > 1)
    requests = g_ascii_strtoull (argv[1], nullptr, 10);
  if (argc > 2)
    seed = g_ascii_strtoull (argv[2], nullptr, 10);
  return gst_check_run_suite (mixture_suite (), "mixture", __FILE__);
}
