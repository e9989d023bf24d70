/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Which failures are tried again, and when.
//
// test_statuses: an error that would be the same again tried again, a passing one given up.
// test_absence: what is about one question taken for a server that is away, or the other way round.
// test_backoff: waits that do not double, go beyond their bound, or bring all clients back at once.
// test_no_pause: attempts without end and without a pause between them.
// test_retry_after: a wait that the server asked for not kept, or hours slept through.
// test_overlong_wait: a wait that is too long given up without a word, or told where there is none.
// test_count: more retries than asked for, or fewer.
// test_loading: a server that loads its model not waited for, waited for for ever, or asked all the
//   time.
// test_durations, test_wait_in_body: a wait in a server's words not understood, or one found in
//   words about something else.
// test_waits_in_order: a wait for one limit taken for that of a request.
// test_urls: an endpoint that is taken for another, or a password that would be seen.

#include "lib/model/askedwait.h"
#include "lib/model/httpurl.h"
#include "lib/model/replystatus.h"
#include "lib/model/retrypolicy.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

HttpReply reply_with (long status)
{
  HttpReply reply;
  reply.outcome = HttpReply::Outcome::kReply;
  reply.status = status;
  return reply;
}

HttpReply failure (HttpReply::Outcome outcome)
{
  HttpReply reply;
  reply.outcome = outcome;
  return reply;
}

double wait (const RetryOptions &options, const HttpReply &reply, int retries = 0,
             double random = 0)
{
  const auto found = wait_after (options, reply, retries, random);
  return found ? found->count () : -1;
}

}  // namespace

GST_START_TEST (test_statuses)
{
  for (long status : {202, 408, 409, 424, 425, 429, 498, 500, 502, 503, 504, 529})
    fail_unless (is_passing (reply_with (status)), "%ld", status);
  for (long status : {200, 301, 400, 401, 403, 404, 413, 422})
    fail_if (is_passing (reply_with (status)), "%ld", status);
  using Outcome = HttpReply::Outcome;
  for (Outcome outcome : {Outcome::kUnreachable, Outcome::kTimeout})
    fail_unless (is_passing (failure (outcome)));
  for (Outcome outcome : {Outcome::kUntrusted, Outcome::kTooLarge, Outcome::kImpossible})
    fail_if (is_passing (failure (outcome)));

  HttpReply overruled = reply_with (503);
  overruled.should_retry = "false";
  fail_if (is_passing (overruled));
  overruled = reply_with (400);
  overruled.should_retry = "true";
  fail_unless (is_passing (overruled));

  for (const Refusal lasting :
       {Refusal::kImages, Refusal::kSize, Refusal::kNoImages, Refusal::kQuota}) {
    HttpReply reply = reply_with (lasting == Refusal::kQuota ? 429 : 500);
    reply.refusal = lasting;
    fail_if (is_passing (reply));
  }
}
GST_END_TEST

GST_START_TEST (test_absence)
{
  for (long status : {500, 502, 503, 504, 529})
    fail_unless (is_absence (reply_with (status)), "%ld", status);
  for (long status : {200, 202, 400, 401, 404, 408, 409, 413, 424, 429, 498})
    fail_if (is_absence (reply_with (status)), "%ld", status);
  using Outcome = HttpReply::Outcome;
  for (Outcome outcome : {Outcome::kUnreachable, Outcome::kTimeout, Outcome::kUntrusted})
    fail_unless (is_absence (failure (outcome)));
  for (Outcome outcome : {Outcome::kTooLarge, Outcome::kImpossible})
    fail_if (is_absence (failure (outcome)));
  // Too many images, or an answer that breaks off.
  HttpReply reply = reply_with (500);
  reply.refusal = Refusal::kImages;
  fail_if (is_absence (reply));
  reply = reply_with (500);
  reply.error_inside = HttpReply::Inside::kNoStatus;
  fail_if (is_absence (reply));
  reply.error_inside = HttpReply::Inside::kStatus;
  fail_unless (is_absence (reply));
}
GST_END_TEST

GST_START_TEST (test_backoff)
{
  const RetryOptions options = {.retries = -1, .backoff_factor = 0.5, .backoff_max = 30};
  const HttpReply busy = reply_with (503);
  const double expected[] = {0.5, 1, 2, 4, 8, 16, 30, 30};
  for (int retry = 0; retry < 8; ++retry)
    fail_unless_equals_float (wait (options, busy, retry), expected[retry]);
  fail_unless_equals_float (wait (options, busy, 2000000000), 30);
  // Up to a quarter less.
  fail_unless_equals_float (wait (options, busy, 1, 0.5), 0.875);
  fail_unless (wait (options, busy, 1, 0.999) > 0.75);
}
GST_END_TEST

GST_START_TEST (test_no_pause)
{
  HttpReply at_once = reply_with (503);
  at_once.asked_wait = Seconds (0);
  for (const HttpReply &reply : {at_once, failure (HttpReply::Outcome::kUnreachable)}) {
    fail_unless_equals_float (wait ({.retries = 3, .backoff_factor = 0, .backoff_max = 0}, reply),
                              0);
    fail_unless_equals_float (wait ({.retries = -1, .backoff_factor = 0, .backoff_max = 0}, reply),
                              0.1);
  }
}
GST_END_TEST

GST_START_TEST (test_retry_after)
{
  const RetryOptions options = {.retries = 3, .backoff_factor = 0.5, .backoff_max = 30};
  const struct {
    std::optional<Seconds> asked;
    double expected;
  } kWaits[] = {
      {Seconds (7), 7},       {Seconds (0), 0},        {Seconds (1.5), 1.5},
      {Seconds (30), 30},     {Seconds (300), 300},    {Seconds (8549), -1},
      {Seconds (0.25), 0.25}, {Seconds (300.001), -1}, {std::nullopt, 0.5},
  };
  for (const auto &one : kWaits) {
    HttpReply reply = reply_with (429);
    reply.asked_wait = one.asked;
    const double found = wait (options, reply);
    fail_unless (found > one.expected - 1e-6 && found < one.expected + 1e-6, "%f: %f",
                 one.asked ? one.asked->count () : -1, found);
  }
}
GST_END_TEST

GST_START_TEST (test_overlong_wait)
{
  const struct {
    std::optional<Seconds> asked;
    double max;
    const char *words;
  } kWaits[] = {
      {Seconds (301), 30,
       "the server asked to wait 301 s, which is longer than retry-backoff-max (30 s)"},
      {Seconds (401), 400,
       "the server asked to wait 401 s, which is longer than retry-backoff-max (400 s)"},
      {Seconds (400), 400, ""},
      {Seconds (3000000), 2.5,
       "the server asked to wait 3000000 s, which is longer than retry-backoff-max (2.5 s)"},
      {Seconds (300.001), 30,
       "the server asked to wait 300.1 s, which is longer than retry-backoff-max (30 s)"},
      {Seconds (3600), 30,
       "the server asked to wait 3600 s, which is longer than retry-backoff-max (30 s)"},
      {Seconds (300), 30, ""},
      {Seconds (0), 0, ""},
      {std::nullopt, 0, ""},
  };
  for (const auto &wait : kWaits) {
    HttpReply reply = reply_with (429);
    reply.asked_wait = wait.asked;
    const std::string words = overlong_wait ({.backoff_max = wait.max}, reply);
    fail_unless (words == wait.words, "%s", words.c_str ());
  }
  HttpReply refused = reply_with (400);
  refused.asked_wait = Seconds (301);
  fail_unless (overlong_wait ({.backoff_max = 30}, refused).empty ());
}
GST_END_TEST

GST_START_TEST (test_count)
{
  RetryOptions options = {.retries = 3, .backoff_factor = 0.5, .backoff_max = 30};
  fail_unless (wait (options, reply_with (500), 2) >= 0);
  fail_unless (wait (options, reply_with (500), 3) < 0);
  options.retries = 0;
  fail_unless (wait (options, reply_with (500), 0) < 0);
  options.retries = -1;
  fail_unless (wait (options, reply_with (500), 1000) >= 0);
  fail_unless (wait (options, reply_with (404), 0) < 0);
}
GST_END_TEST

GST_START_TEST (test_urls)
{
  const struct {
    const char *base, *url;
  } kBases[] = {
      {"http://localhost:8000/v1", "http://localhost:8000/v1/chat/completions"},
      {"http://localhost:8000/v1/", "http://localhost:8000/v1/chat/completions"},
      {"http://localhost:8000/v1//", "http://localhost:8000/v1/chat/completions"},
      {"https://api.example.com", "https://api.example.com/chat/completions"},
      {"https://example.com/v1?version=2", "https://example.com/v1/chat/completions?version=2"},
      {"http://[::1]:9/v1", "http://[::1]:9/v1/chat/completions"},
      {"ftp://example.com/v1", ""},
      {"localhost", ""},
      {"/v1", ""},
      {"", ""},
      {"http://user:secret@example.com/v1", ""},
      {"http://secret@example.com/v1", ""},
  };
  for (const auto &base : kBases) {
    std::string problem;
    const std::string url = completions_url (base.base, problem);
    fail_unless (url == base.url, "%s: '%s' (%s)", base.base, url.c_str (), problem.c_str ());
    fail_unless (problem.empty () == (*base.url != '\0'));
    fail_unless (problem.find ("secret") == std::string::npos);
  }
  fail_unless (proxy_problem ("http://proxy.example.com:3128").empty ());
  fail_unless (proxy_problem ("socks5://proxy.example.com").empty ());
  fail_if (proxy_problem ("http://user:secret@proxy.example.com").empty ());
}
GST_END_TEST

GST_START_TEST (test_loading)
{
  const RetryOptions options = {.retries = 0, .backoff_factor = 2, .backoff_max = 30};
  HttpReply loading = reply_with (503);
  loading.refusal = Refusal::kLoading;
  const auto wait_for = [&] (double seconds, int attempts, double factor = 2) {
    RetryOptions now = options;
    now.backoff_factor = factor;
    const auto found = wait_while_loading (now, loading, Seconds (seconds), attempts, 0);
    return found ? found->count () : -1;
  };
  fail_unless_equals_float (wait_for (0, 0), 2);
  fail_unless_equals_float (wait_for (10, 2), 8);
  fail_unless_equals_float (wait_for (599, 20), 30);
  fail_unless_equals_float (wait_for (600, 20), -1);
  // Each attempt carries all images.
  fail_unless_equals_float (wait_for (0, 0, 0.001), 1);
  loading.asked_wait = Seconds (20);
  fail_unless_equals_float (wait_for (0, 0), 20);
  loading.asked_wait = Seconds (301);
  fail_unless_equals_float (wait_for (0, 0), -1);
  loading.asked_wait = std::nullopt;
  loading.should_retry = "false";
  fail_unless_equals_float (wait_for (0, 0), -1);
  fail_if (wait_while_loading (options, reply_with (503), Seconds (0), 0, 0));
}
GST_END_TEST

GST_START_TEST (test_durations)
{
  const struct {
    const char *text;
    double seconds;  // -1: none
  } kDurations[] = {
      {"20s", 20},  {"1m2s", 62},    {"6m30.5s", 390.5}, {"120ms", 0.12},
      {"2h", 7200}, {"37.2s", 37.2}, {"3 minutes", 180}, {"", -1},
      {"soon", -1}, {"20", -1},      {"20s ago", -1},    {"-3s", -1},
  };
  for (const auto &one : kDurations) {
    const auto found = read_duration (one.text);
    fail_unless_equals_float (found ? found->count () : -1, one.seconds);
  }
}
GST_END_TEST

GST_START_TEST (test_wait_in_body)
{
  const struct {
    const char *body;
    double seconds;  // -1: none
  } kBodies[] = {
      {R"({"error":{"message":"You exceeded your current quota. Please retry in 37.2s."}})", 37.2},
      {R"({"error":{"message":"Rate limit reached for m. Please try again in 1m2s. Visit"}})", 62},
      {R"({"error":{"message":"Too many requests, retry after 20 seconds"}})", 20},
      {R"([{"error":{"message":"no","details":[{"@type":"x"},{"@type":"type.googleapis.com/)"
       R"(google.rpc.RetryInfo","retryDelay":"37s"}]}}])",
       37},
      {R"({"error":{"code":429,"metadata":{"headers":{"X-RateLimit-Remaining":"0",)"
       R"("X-RateLimit-Reset":"1700000000000"}}}})",
       0},
      {"Try again in 5 min", 300},
      {R"({"error":{"message":"Please try again later"}})", -1},
      {R"({"error":{"message":"It took 20s"}})", -1},
  };
  for (const auto &one : kBodies) {
    const auto found = wait_in_body (one.body);
    const double seconds = found ? found->count () : -1;
    fail_unless (seconds > one.seconds - 1e-6 && seconds < one.seconds + 1e-6, "%s: %f", one.body,
                 seconds);
  }
}
GST_END_TEST

// Which of several waits is kept to.
GST_START_TEST (test_waits_in_order)
{
  const struct {
    long status;
    std::optional<Seconds> asked, limit;
    const char *body;
    double expected;  // -1 for none
  } kReplies[] = {
      {429, Seconds (3), Seconds (12), "try again in 7s", 3},
      {429, std::nullopt, Seconds (12), "try again in 7s", 7},
      {429, std::nullopt, Seconds (12), "no", 12},
      {429, std::nullopt, std::nullopt, "no", -1},
      {500, std::nullopt, std::nullopt, "try again in 7s", 7},
      // Nobody asks again.
      {400, std::nullopt, std::nullopt, "try again in 7s", -1},
  };
  for (const auto &one : kReplies) {
    HttpReply reply = reply_with (one.status);
    reply.asked_wait = one.asked;
    reply.limit_wait = one.limit;
    reply.body = one.body;
    const auto found = read_status (reply, "").asked_wait;
    fail_unless_equals_float (found ? found->count () : -1, one.expected);
  }
}
GST_END_TEST

static Suite *retry_suite ()
{
  Suite *suite = suite_create ("retry");
  TCase *tcase = tcase_create ("retry");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_statuses);
  tcase_add_test (tcase, test_absence);
  tcase_add_test (tcase, test_backoff);
  tcase_add_test (tcase, test_no_pause);
  tcase_add_test (tcase, test_retry_after);
  tcase_add_test (tcase, test_overlong_wait);
  tcase_add_test (tcase, test_count);
  tcase_add_test (tcase, test_loading);
  tcase_add_test (tcase, test_durations);
  tcase_add_test (tcase, test_wait_in_body);
  tcase_add_test (tcase, test_waits_in_order);
  tcase_add_test (tcase, test_urls);
  return suite;
}

GST_CHECK_MAIN (retry)
