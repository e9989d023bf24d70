/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Which failures are tried again, and when.
//
// test_statuses: an error that would be the same again tried again, a passing one given up.
// test_backoff: waits that do not double, go beyond their bound, or bring all clients back at once.
// test_retry_after: a wait that the server asked for not kept, or hours slept through.
// test_overlong_wait: a wait that is too long given up without a word, or told where there is none.
// test_count: more retries than asked for, or fewer.
// test_urls: an endpoint that is taken for another, or a password that would be seen.

#include "lib/model/retrypolicy.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

using Clock = std::chrono::system_clock;

// Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110
const Clock::time_point kNow = Clock::from_time_t (784111777);

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

double wait (const RetryRule &rule, const HttpReply &reply, int retries = 0, double random = 0)
{
  const auto found = RetryPolicy (rule).wait_after (reply, retries, random, kNow);
  return found ? found->count () : -1;
}

}  // namespace

GST_START_TEST (test_statuses)
{
  for (long status : {408, 409, 429, 500, 502, 503, 504, 529})
    fail_unless (is_passing (reply_with (status)), "%ld", status);
  for (long status : {200, 301, 400, 401, 403, 404, 413, 422})
    fail_if (is_passing (reply_with (status)), "%ld", status);
  using Outcome = HttpReply::Outcome;
  for (Outcome outcome : {Outcome::kUnreachable, Outcome::kTimeout})
    fail_unless (is_passing (failure (outcome)));
  for (Outcome outcome :
       {Outcome::kUntrusted, Outcome::kTooLarge, Outcome::kCancelled, Outcome::kImpossible})
    fail_if (is_passing (failure (outcome)));

  HttpReply overruled = reply_with (503);
  overruled.should_retry = "false";
  fail_if (is_passing (overruled));
  overruled = reply_with (400);
  overruled.should_retry = "true";
  fail_unless (is_passing (overruled));
}
GST_END_TEST

GST_START_TEST (test_backoff)
{
  const RetryRule rule = {.retries = -1, .backoff_factor = 0.5, .backoff_max = 30};
  const HttpReply busy = reply_with (503);
  const double expected[] = {0.5, 1, 2, 4, 8, 16, 30, 30};
  for (int retry = 0; retry < 8; ++retry)
    fail_unless_equals_float (wait (rule, busy, retry), expected[retry]);
  fail_unless_equals_float (wait (rule, busy, 2000000000), 30);
  // Up to a quarter less.
  fail_unless_equals_float (wait (rule, busy, 1, 0.5), 0.875);
  fail_unless (wait (rule, busy, 1, 0.999) > 0.75);
}
GST_END_TEST

GST_START_TEST (test_retry_after)
{
  const RetryRule rule;
  const struct {
    const char *seconds, *ms;
    double expected;
  } kHeaders[] = {
      {"7", "", 7},
      {"0", "", 0},
      {"1.5", "", 1.5},
      {"30", "", 30},
      {"31", "", -1},
      {"8549", "", -1},
      {"", "250", 0.25},
      {"20", "250", 0.25},
      {"", "40000", -1},
      {"Sun, 06 Nov 1994 08:49:47 GMT", "", 10},
      {"Sun, 06 Nov 1994 08:40:00 GMT", "", 0},
      {"Sun, 06 Nov 1994 10:00:00 GMT", "", -1},
      // Not understood: the usual wait.
      {"soon", "", 0.5},
      {"-3", "", 0.5},
      {"nan", "inf", 0.5},
  };
  for (const auto &headers : kHeaders) {
    HttpReply reply = reply_with (429);
    reply.retry_after = headers.seconds;
    reply.retry_after_ms = headers.ms;
    const double found = wait (rule, reply);
    fail_unless (found > headers.expected - 1e-6 && found < headers.expected + 1e-6,
                 "'%s' '%s': %f", headers.seconds, headers.ms, found);
  }
}
GST_END_TEST

GST_START_TEST (test_overlong_wait)
{
  const struct {
    const char *seconds, *ms;
    double max;
    const char *words;
  } kWaits[] = {
      {"31", "", 30,
       "the server asked to wait 31 s, which is longer than retry-backoff-max (30 s)"},
      {"3000000", "", 2.5,
       "the server asked to wait 3000000 s, which is longer than retry-backoff-max (2.5 s)"},
      {"", "30001", 30,
       "the server asked to wait 30.1 s, which is longer than retry-backoff-max (30 s)"},
      {"Sun, 06 Nov 1994 09:49:37 GMT", "", 30,
       "the server asked to wait 3600 s, which is longer than retry-backoff-max (30 s)"},
      {"30", "", 30, ""},
      {"Sun, 06 Nov 1994 08:40:00 GMT", "", 0, ""},
      {"soon", "", 0, ""},
      {"", "", 0, ""},
  };
  for (const auto &wait : kWaits) {
    HttpReply reply = reply_with (429);
    reply.retry_after = wait.seconds;
    reply.retry_after_ms = wait.ms;
    const std::string words = RetryPolicy ({.backoff_max = wait.max}).overlong_wait (reply, kNow);
    fail_unless (words == wait.words, "%s", words.c_str ());
  }
  HttpReply refused = reply_with (400);
  refused.retry_after = "31";
  fail_unless (RetryPolicy ({}).overlong_wait (refused, kNow).empty ());
}
GST_END_TEST

GST_START_TEST (test_count)
{
  RetryRule rule;
  fail_unless (wait (rule, reply_with (500), 2) >= 0);
  fail_unless (wait (rule, reply_with (500), 3) < 0);
  rule.retries = 0;
  fail_unless (wait (rule, reply_with (500), 0) < 0);
  rule.retries = -1;
  fail_unless (wait (rule, reply_with (500), 1000) >= 0);
  fail_unless (wait (rule, reply_with (404), 0) < 0);
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

static Suite *retry_suite ()
{
  Suite *suite = suite_create ("retry");
  TCase *tcase = tcase_create ("retry");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_statuses);
  tcase_add_test (tcase, test_backoff);
  tcase_add_test (tcase, test_retry_after);
  tcase_add_test (tcase, test_overlong_wait);
  tcase_add_test (tcase, test_count);
  tcase_add_test (tcase, test_urls);
  return suite;
}

GST_CHECK_MAIN (retry)
