/* SPDX-License-Identifier: LGPL-2.1-or-later */

// One fault of a server at a time, by numpro-reader.
//
// test_faults: a fault taken for an answer, given up that would pass, tried again that would not,
//   or told in words that do not say what happened.
// test_waits: a wait that the server asked for not kept.
// test_image_cap, test_image_caps: an answer put together wrongly of those about parts; requests
//   that are not counted, and what they cost.
// test_parts: a part that was cut taken for one that shows nothing; a retry not told from a part.
// test_files: a file that does not end in a line end.
// test_unauthorized: a wrong key complained about with every batch, or without the name of the
//   variable to set.
// test_on_error: several errors for one end, or none.
// test_unreachable: a server that is not there waited for longer than connect-timeout.
// test_questions: the loss of one question taken for that of others.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "faultcase.h"
#include "tests/support/fullsocket.h"
#include "tests/support/temporarydirectory.h"

namespace {

constexpr char kBusy[] = "HTTP status 429: Rate limit reached. Try again later (after 3 attempts)";

const Case kCases[] = {
    {"none", kValid, "", "", 1},
    {"hang", kFailed, "timeout", "Operation timed out after * milliseconds * (after 3 attempts)", 3,
     "request-timeout=200000000"},
    {"drip:50", kFailed, "timeout", "Operation timed out after * milliseconds * (after 3 attempts)",
     3, "request-timeout=300000000"},
    {"reset", kFailed, "network",
     "* failure: Connection reset by peer (after 3 attempts); "
     "if the server speaks TLS, set endpoint to https://",
     3},
    {"truncated", kFailed, "network",
     "transfer closed with * bytes remaining to read (after 3 attempts)||"
     "end of response with * bytes missing (after 3 attempts)",
     3},
    {"400", kFailed, "http", "HTTP status 400: This request is wrong, on purpose", 1},
    {"401", kFailed, "unauthorized",
     "HTTP status 401: Incorrect API key provided; set api-key, or NUMPRO_API_KEY in the environment",
     1},
    {"403", kFailed, "unauthorized",
     "HTTP status 403: You do not have access to this model; set api-key, or NUMPRO_API_KEY in the "
     "environment",
     1},
    {"no-such-fault", kFailed, "http", "HTTP status 404: *", 1},
    {"408", kFailed, "http", "HTTP status 408: The request took too long (after 3 attempts)", 3},
    {"409", kFailed, "http", "HTTP status 409: Conflict with another request (after 3 attempts)",
     3},
    {"429", kFailed, "http", "HTTP status 429: Rate limit reached (after 3 attempts)", 3},
    {"500", kFailed, "http",
     "HTTP status 500: The server had an error while processing your request (after 3 attempts)",
     3},
    {"503", kFailed, "http", "HTTP status 503: The server is overloaded (after 3 attempts)", 3},
    {"retry-after:0", kFailed, "http", kBusy, 3},
    {"retry-after:301", kFailed, "http",
     "HTTP status 429: Rate limit reached. Try again later; the server asked to wait 301 s, which is "
     "longer than retry-backoff-max (30 s)",
     1},
    {"retry-after:302", kFailed, "http",
     "HTTP status 429: Rate limit reached. Try again later; the server asked to wait 302 s, which is "
     "longer than retry-backoff-max (1.5 s)",
     1, "retry-backoff-max=1.5"},
    {"retry-after-date:3600", kFailed, "http",
     "HTTP status 429: Rate limit reached. Try again later; the server asked to wait 3* s, which is "
     "longer than retry-backoff-max (30 s)",
     1},
    {"retry-after-date:0", kFailed, "http", kBusy, 3},
    {"retry-after-ms:30", kFailed, "http", kBusy, 3},
    {"retry-after-ms:300250", kFailed, "http",
     "HTTP status 429: Rate limit reached. Try again later; the server asked to wait 300.3 s, which "
     "is longer than retry-backoff-max (30 s)",
     1},
    {"html", kFailed, "reply", "the reply is no JSON object in UTF-8", 1},
    {"non-utf8", kFailed, "reply", "the reply is no JSON object in UTF-8", 1},
    {"foreign-json", kFailed, "reply", "the reply is no chat completion", 1},
    {"no-choices", kFailed, "reply", "the reply is no chat completion", 1},
    {"oversized", kFailed, "reply", "the reply is larger than 8 MiB", 1},
    // Nobody knows what is to be seen when.
    {"shrink:16", kInvalid, "", "The model says that it sees no frames, or no numbers.", 1,
     "restate=false"},
    {"reasoning-only", kInvalid, "",
     "It is empty but for its reasoning; {\"reasoning_effort\":\"none\"} or "
     "{\"chat_template_kwargs\":{\"enable_thinking\":false}} in request-options may turn that off.",
     1},
    {"content-filter", kInvalid, "", "It was cut by the server's content filter.", 1},
    {"length", kInvalid, "",
     "It was cut at the limit on tokens; raise max_tokens in request-options.", 1},
    // It ends behind "From 0 to 3.", as if that were all.
    {"length", kInvalid, "",
     "It was cut at the limit on tokens; raise max_tokens in request-options. It does not say which "
     "numbers were seen first and last.",
     1, "check-frames=true"},
    {"image-cut:2", kValid, "", "The numbers seen are 0 to 1, those of the batch 0 to 3.", 1,
     "check-frames=true"},
};

std::string text_of (const std::filesystem::path &path)
{
  std::ifstream file (path);
  return {std::istreambuf_iterator<char> (file), {}};
}

// What the answer that was written there has cost.
guint64 tokens_in (const std::filesystem::path &answer)
{
  const std::string text = text_of (answer), name = "\"total_tokens\": ";
  const std::size_t at = text.find (name);
  fail_unless (at != std::string::npos, "%s", text.c_str ());
  return g_ascii_strtoull (text.c_str () + at + name.size (), nullptr, 10);
}

}  // namespace

GST_START_TEST (test_faults)
{
  for (const Case &one : kCases)
    require_fate (one);
}
GST_END_TEST

GST_START_TEST (test_waits)
{
  // A date has whole seconds: what is left of the first one may be nothing.
  const struct {
    const char *fault;
    double seconds;
  } kWaits[] = {{"retry-in-body:1", 1},
                {"rate-limit-reset:1", 1},
                {"retry-after:1", 1},
                {"retry-after-date:2", 1},
                {"retry-after-ms:700", 0.7}};
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
  const TemporaryDirectory directory;
  const std::string more = "batch-size=8 location=" + directory.path ().string ();
  AskingPipeline whole (line_for (asking ("none") + more + "/whole", 16));
  AskingPipeline split (line_for (asking ("image-cap:3") + more + "/split", 16));
  whole.run ();
  split.run ();
  split.require_exact ();
  fail_unless_equals_int (static_cast<int> (split.answers ().size ()), 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const ToldAnswer &answer = split.answers ()[i];
    fail_unless (answer.valid && answer.found && answer.problems.empty (), "%s",
                 answer.problems.c_str ());
    fail_unless (answer.spans == whole.answers ()[i].spans, "%s", answer.text.c_str ());
    // The first time also the request that told the cap.
    fail_unless_equals_int (static_cast<int> (answer.attempts), i == 0 ? 4 : 3);
  }
  fail_unless_equals_uint64 (split.counts ().retries, 0);
  // That there are parts is told once.
  fail_unless_equals_int (static_cast<int> (split.warnings ().size ()), 1);
  // All images were paid for; each part's words besides.
  const std::string bundle = "/000000/answer-1.json";
  fail_unless (tokens_in (directory.path () / ("split" + bundle)) >
               tokens_in (directory.path () / ("whole" + bundle)));
}
GST_END_TEST

GST_START_TEST (test_image_caps)
{
  // Of a batch of eight; then one of its two parts.
  ReaderProcess process ({"--script=image-cap:4,image-cap:2"});
  AskingPipeline pipeline (
      line_for ("question=\"the screen is blue\" batch-size=8 model=numpro-reader endpoint=" +
                    process.endpoint (),
                8));
  pipeline.run ();
  pipeline.require_exact ();
  const ToldAnswer &answer = pipeline.answers ().at (0);
  fail_unless (answer.valid && answer.spans == (Spans{{0, 7}}), "%s", answer.text.c_str ());
  // Two that were refused, and four of two images each.
  fail_unless_equals_int (static_cast<int> (answer.attempts), 6);
  fail_unless_equals_uint64 (pipeline.counts ().retries, 0);
}
GST_END_TEST

GST_START_TEST (test_parts)
{
  // The second of three parts, once in vain; the cap is known from the batch before.
  ReaderProcess process ({"--script=image-cap:3,none,none,none,none,500,none,length"});
  AskingPipeline pipeline (
      line_for ("question=\"the screen is blue\" batch-size=8 model=numpro-reader endpoint=" +
                    process.endpoint (),
                16));
  pipeline.run ();
  pipeline.require_exact ();
  const ToldAnswer &answer = pipeline.answers ().at (1);
  fail_unless_equals_int (static_cast<int> (answer.attempts), 4);
  fail_unless_equals_uint64 (pipeline.counts ().retries, 1);
  // What is known of the others is kept.
  fail_unless (!answer.valid && answer.spans == (Spans{{8, 13}}), "%s", answer.text.c_str ());
  fail_unless (answer.problems.find ("It was cut") != std::string::npos);
}
GST_END_TEST

GST_START_TEST (test_files)
{
  const TemporaryDirectory directory;
  AskingPipeline pipeline (
      line_for (asking ("none") + "location=" + directory.path ().string () + "/bundles"));
  pipeline.run ();
  const auto bundle = directory.path () / "bundles/000000";
  for (const char *name : {"ledger.json", "request-1.json", "answer-1.json", "../answers.jsonl"}) {
    const std::string text = text_of (bundle / name);
    fail_unless (text.ends_with ("}\n") && text.starts_with ("{"), "%s: %s", name, text.c_str ());
  }
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
  tcase_add_test (tcase, test_image_caps);
  tcase_add_test (tcase, test_parts);
  tcase_add_test (tcase, test_files);
  tcase_add_test (tcase, test_unauthorized);
  tcase_add_test (tcase, test_on_error);
  tcase_add_test (tcase, test_unreachable);
  tcase_add_test (tcase, test_questions);
  return suite;
}

GST_CHECK_MAIN (faults)
