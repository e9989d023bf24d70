/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Asking without a pipeline.
//
// test_answers: questions that are answered with each other's answers, not at once or too many at
//   once, on another thread than the client's, or that are lost behind max_in_flight.
// test_parts: an answer put together wrongly of several requests, or one whose costs are not told.
// test_failures: a failure taken for another one.
// test_cancel: a question told twice or never, one that goes on, and a client that is unusable
// then.
// test_end: an end that waits for a server, for the time to try again, for a connection or a name.
// test_ask_again: a question lost that is asked when another one is cancelled.
// test_always_busy: one question that is refused for ever in the way of all others.
// test_retries: retries that come too early, too late or not; waits that burn time.
// test_log: requests of which nobody sees what became of them; a key in the log.

#include <ctime>
#include <random>

#include "askedquestions.h"
#include "tests/support/fullsocket.h"
#include "tests/support/slowname.h"

using namespace numpro;

namespace {

double cpu_seconds ()
{
  timespec time = {};
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double> (time.tv_sec) + static_cast<double> (time.tv_nsec) / 1e9;
}

}  // namespace

GST_START_TEST (test_answers)
{
  constexpr int kQuestions = 60;
  std::atomic<int> now = 0, most = 0;
  LocalServer server ([&] (const std::string &request) {
    most = std::max<int> (most, ++now);
    const unsigned long event = event_in (request);
    std::this_thread::sleep_for (std::chrono::milliseconds (event * 7 % 11));
    --now;
    return LocalServer::completion ("From 0 to " + std::to_string (event % 4) + ".");
  });
  Told told;
  std::size_t requests = 0;
  {
    ModelClient client (options_for (server.url ()), [&] (const SentRequest &sent) {
      requests += sent.bytes > 100 && !sent.is_retry;
    });
    for (int i = 0; i < kQuestions; ++i)
      told.ask (client, static_cast<guint64> (i));
    told.wait_for (kQuestions);
  }
  fail_unless_equals_int (static_cast<int> (requests), kQuestions);
  fail_unless (most > 1 && most <= 4, "%d at once", most.load ());
  for (const auto &[number, result] : told.results ()) {
    GstNumproAnswer *answer = result.answer.get ();
    fail_unless (answer && !result.failure, "%s", result.problem.c_str ());
    fail_unless_equals_uint64 (gst_numpro_answer_get_batch (answer), number);
    const std::string question = "event " + std::to_string (number) + "!";
    fail_unless_equals_string (gst_numpro_answer_get_question (answer), question.c_str ());
    const std::string text = "From 0 to " + std::to_string (number % 4) + ".";
    fail_unless_equals_string (gst_numpro_answer_get_text (answer), text.c_str ());
    fail_unless (result.request.find (question) != std::string::npos &&
                 result.request.find ("\"3.jpg\"") != std::string::npos);
  }
}
GST_END_TEST

GST_START_TEST (test_parts)
{
  Counter counter;
  // One part is tried twice, and has a smaller cap.
  LocalServer server ([&] (const std::string &request) {
    switch (counter.count ()) {
      case 0:
        return answer_with_cap (request, 4);
      case 2:
        return LocalServer::error (500, "once");
      case 3:
        return answer_with_cap (request, 2);
      default:
        return LocalServer::reply (
            200,
            R"({"usage":{"total_tokens":5},"choices":[{"message":{"content":"From 0 to 7."}}]})");
    }
  });
  Told told;
  {
    ModelClient client (options_for (server.url ()));
    told.ask (client, 0, 8);
    told.wait_for (1);
  }
  const AskResult &result = told.results ().at (0);
  fail_unless (result.answer != nullptr, "%s", result.problem.c_str ());
  // Refused; four; once more, refused; two and two.
  fail_unless_equals_int (counter.total (), 6);
  gchar *json = gst_numpro_answer_to_json (result.answer.get ());
  const std::string text = json;
  g_free (json);
  fail_unless (text.find ("\"attempts\" : 6") != std::string::npos ||
                   text.find ("\"attempts\": 6") != std::string::npos,
               "%s", text.c_str ());
  fail_unless (text.find ("15") != std::string::npos, "%s", text.c_str ());
  fail_unless (result.request.starts_with ("[{") && result.request.ends_with ("}]"));
  fail_unless_equals_int (static_cast<int> (images_in (result.request)), 8);
}
GST_END_TEST

GST_START_TEST (test_failures)
{
  const struct {
    std::optional<std::string> reply;
    AskFailure failure;
    const char *problem;
  } kCases[] = {
      {std::nullopt, AskFailure::kNetwork, "(after 3 attempts)"},
      {"", AskFailure::kTimeout, "(after 3 attempts)"},
      {LocalServer::error (404, "no such model"), AskFailure::kHttp,
       "HTTP status 404: no such model"},
      {LocalServer::error (503, "busy"), AskFailure::kHttp,
       "HTTP status 503: busy (after 3 attempts)"},
      {LocalServer::error (401, "no, canary-key"), AskFailure::kUnauthorized,
       "HTTP status 401: no, ***; set api-key, or NUMPRO_API_KEY in the environment"},
      {LocalServer::reply (200, "<html>"), AskFailure::kReply,
       "the reply is no JSON object in UTF-8"},
      {LocalServer::reply (200, "{\"a\":\"\\u0000\"}"), AskFailure::kReply,
       "the reply is no JSON object in UTF-8"},
  };
  for (const auto &one : kCases) {
    LocalServer server ([&] (const std::string &) { return one.reply; });
    Told told;
    {
      ModelOptions options = options_for (server.url ());
      options.http.request_timeout = std::chrono::milliseconds (100);
      ModelClient client (options);
      told.ask (client, 0);
      told.wait_for (1);
    }
    const AskResult &result = told.results ().at (0);
    fail_unless (result.failure == one.failure && !result.answer, "%s", result.problem.c_str ());
    fail_unless (result.problem.find (one.problem) != std::string::npos, "%s",
                 result.problem.c_str ());
    fail_unless (result.problem.find (kKey) == std::string::npos);
  }
}
GST_END_TEST

GST_START_TEST (test_cancel)
{
  std::minstd_rand random (7);
  Counter counter;
  LocalServer server ([&] (const std::string &) -> std::optional<std::string> {
    switch (counter.count () % 7) {
      case 0:
        return "";
      case 1:
        return std::nullopt;
      case 2:
        return LocalServer::error (503, "busy");
      case 3:
        return LocalServer::reply (429, "{}", "retry-after-ms: 3\r\n");
      default:
        return LocalServer::completion ("From 0 to 1.");
    }
  });
  int answered = 0, cancelled = 0;
  ModelClient client (options_for (server.url (), 3));
  // A slow machine answers less in a round; later rounds are longer.
  for (int round = 0; round < 150 || answered <= 20; ++round) {
    Told told;
    constexpr std::size_t kQuestions = 6;
    for (guint64 i = 0; i < kQuestions; ++i)
      told.ask (client, i, 2);
    // Another one may cancel them first, or at the same time.
    std::thread other ([&, pause = random () % static_cast<gulong> (12000 + 1000 * round)] {
      g_usleep (pause);
      client.cancel_all ();
    });
    g_usleep (random () % static_cast<gulong> (9000 + 500 * round));
    const auto start = Clock::now ();
    client.cancel_all ();
    told.wait_for (kQuestions);
    fail_unless_in_loop (Clock::now () - start < std::chrono::seconds (2), "a slow end");
    other.join ();
    answered += told.count (std::nullopt);
    cancelled += told.count (AskFailure::kCancelled);
  }
  fail_unless (cancelled > 100, "%d", cancelled);
}
GST_END_TEST

namespace {

constexpr double kEndMs = 200;

// A machine that has other things to do may be late once, not every time.
void require_prompt_end (const char *name, const ModelOptions &options, bool cancels,
                         std::size_t bytes)
{
  double best = 1e9;
  for (int i = 0; i < 5 && best > kEndMs; ++i) {
    Told told;
    auto client = std::make_unique<ModelClient> (options);
    for (guint64 number = 0; number < 6; ++number)
      told.ask (*client, number, 4, bytes);
    g_usleep (150'000);
    const auto start = Clock::now ();
    if (cancels) {
      client->cancel_all ();
      told.wait_for (6);
    }
    client = nullptr;
    best = std::min (best, Milliseconds (Clock::now () - start).count ());
    fail_unless_equals_int (told.count (AskFailure::kCancelled), 6);
  }
  GST_INFO ("%s: %.1f ms", name, best);
  fail_unless (best <= kEndMs, "%s: %.0f ms", name, best);
}

void require_prompt_end (const char *name, const ModelOptions &options, std::size_t bytes = 10)
{
  for (bool cancels : {true, false})
    require_prompt_end (name, options, cancels, bytes);
}

}  // namespace

GST_START_TEST (test_end)
{
  LocalServer hanging ([] (const std::string &) { return ""; });
  require_prompt_end ("hang", options_for (hanging.url ()));
  LocalServer dripping (
      [] (const std::string &) { return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"; });
  require_prompt_end ("drip", options_for (dripping.url ()));
  LocalServer busy ([] (const std::string &) { return LocalServer::error (503, "busy"); });
  ModelOptions patient = options_for (busy.url ());
  patient.retry.backoff_factor = 30;
  require_prompt_end ("backoff", patient);
  LocalServer resting ([] (const std::string &) {
    return LocalServer::error (429, "later", "Retry-After: 20\r\n");
  });
  require_prompt_end ("Retry-After", options_for (resting.url ()));
  const FullSocket full;
  require_prompt_end ("connect", options_for (full.endpoint ()));

  // It takes no more than a few kilobytes.
  const FullSocket deaf (0);
  require_prompt_end ("upload", options_for (deaf.endpoint ()), 1 << 17);

  hold_names = true;
  require_prompt_end ("name", options_for (std::string ("http://") + kSlowName + "/v1"));
  fail_unless (held_names > 0, "the name was not looked up");
  hold_names = false;
  while (held_names > 0)
    g_usleep (1000);
}
GST_END_TEST

GST_START_TEST (test_ask_again)
{
  LocalServer server ([] (const std::string &) { return ""; });
  std::atomic<int> told = 0;
  {
    // Before the client, because they are asked about again as it ends.
    const BatchPtr batch = make_batch (0);
    const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "q"));
    ModelClient client (options_for (server.url ()));
    client.ask (prompt.get (), batch.get (), [&] (AskResult) {
      ++told;
      client.ask (prompt.get (), batch.get (), [&] (AskResult) { ++told; });
    });
    g_usleep (20'000);
  }
  fail_unless_equals_int (told, 2);
}
GST_END_TEST

GST_START_TEST (test_always_busy)
{
  LocalServer server ([&] (const std::string &request) {
    return event_in (request) == 0 ? LocalServer::error (503, "busy")
                                   : LocalServer::completion ("From 0 to 1.");
  });
  ModelOptions options = options_for (server.url (), 2);
  options.retry = {.retries = -1, .backoff_factor = 0.001, .backoff_max = 0.01};
  Told told;
  {
    ModelClient client (options);
    for (guint64 number = 0; number < 10; ++number)
      told.ask (client, number);
    told.wait_for (9);
  }
  fail_unless_equals_int (told.count (std::nullopt), 9);
}
GST_END_TEST

GST_START_TEST (test_retries)
{
  Counter requests;
  LocalServer server ([&] (const std::string &) {
    return requests.count () < 3 ? LocalServer::error (500, "later")
                                 : LocalServer::completion ("From 0 to 1.");
  });
  ModelOptions options = options_for (server.url ());
  options.retry = {.retries = 3, .backoff_factor = 0.2, .backoff_max = 30};
  int retries = 0;
  Told told;
  const double cpu = cpu_seconds ();
  {
    ModelClient client (options, [&] (const SentRequest &sent) { retries += sent.is_retry; });
    told.ask (client, 0);
    told.wait_for (1);
  }
  fail_unless_equals_int (told.count (std::nullopt), 1);
  fail_unless_equals_int (retries, 3);
  const auto times = requests.times ();
  fail_unless_equals_int (static_cast<int> (times.size ()), 4);
  double wait = 200;
  for (std::size_t i = 1; i < times.size (); ++i, wait *= 2) {
    const double found = Milliseconds (times[i] - times[i - 1]).count ();
    fail_unless (found >= 0.74 * wait && found < wait + 2000, "%.0f ms", found);
  }
  // Of more than a second.
  fail_unless (cpu_seconds () - cpu < 0.5, "%.2f s of the processor", cpu_seconds () - cpu);
}
GST_END_TEST

namespace {

void note_log (GstDebugCategory *category, GstDebugLevel, const gchar *, const gchar *, gint,
               GObject *, GstDebugMessage *message, gpointer log)
{
  static std::mutex mutex;
  std::lock_guard lock (mutex);
  if (std::string (gst_debug_category_get_name (category)) == "numpromodel")
    *static_cast<std::string *> (log) += std::string (gst_debug_message_get (message)) + "\n";
}

}  // namespace

GST_START_TEST (test_log)
{
  std::string log;
  gst_debug_set_active (TRUE);
  gst_debug_set_threshold_for_name ("numpromodel", GST_LEVEL_TRACE);
  gst_debug_add_log_function (note_log, &log, nullptr);
  Counter requests;
  LocalServer server ([&] (const std::string &request) {
    return requests.count () == 0 ? LocalServer::error (503, std::string ("busy, ") + kKey)
                                  : answer_with_cap (request, 4);
  });
  Told told;
  {
    ModelClient client (options_for (server.url ()));
    told.ask (client, 3, 8);
    told.wait_for (1);
  }
  {
    ModelOptions wrong = options_for (server.url ());
    wrong.http.bearer = "canary-key-2";
    wrong.chat.model = "another";
    LocalServer refusing (
        [] (const std::string &) { return LocalServer::error (401, "wrong: canary-key-2"); });
    wrong.http.url = refusing.url ();
    ModelClient client (wrong);
    told.ask (client, 5);
    told.ask (client, 6);
    told.wait_for (3);
  }
  gst_debug_remove_log_function (note_log);
  std::size_t at = 0;
  for (const char *line :
       {"batch 3: attempt 1: ", " bytes, 8 images\n", "batch 3: attempt 1: HTTP 503 after ",
        " ms\n", "batch 3: waiting 0.00", " s before attempt 2\n", "batch 3: attempt 2: ",
        "batch 3: attempt 2: HTTP 400 after ", "the server takes 4 images in a request\n",
        "batch 3: 8 images are asked about in 2 parts\n",
        "batch 3: attempt 3: ", " bytes, 4 images\n", "batch 3: attempt 3: HTTP 200 after ",
        "batch 3: attempt 4: HTTP 200 after ", "batch 3: answered\n",
        "batch 5: attempt 1: HTTP 401 after ", "the server refuses the key",
        "batch 5: HTTP status 401: wrong: ***", "batch 6: not asked: the key was refused\n"}) {
    at = log.find (line, at);
    fail_unless (at != std::string::npos, "'%s' is missing or too early in:\n%s", line,
                 log.c_str ());
  }
  fail_unless (log.find ("canary") == std::string::npos, "%s", log.c_str ());
}
GST_END_TEST

static Suite *client_suite ()
{
  Suite *suite = suite_create ("client");
  TCase *tcase = tcase_create ("client");
  tcase_set_timeout (tcase, 100);
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_answers);
  tcase_add_test (tcase, test_parts);
  tcase_add_test (tcase, test_failures);
  tcase_add_test (tcase, test_cancel);
  tcase_add_test (tcase, test_end);
  tcase_add_test (tcase, test_ask_again);
  tcase_add_test (tcase, test_always_busy);
  tcase_add_test (tcase, test_retries);
  tcase_add_test (tcase, test_log);
  return suite;
}

GST_CHECK_MAIN (client)
