/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Requests over HTTP, without anything about models.
//
// test_wait_headers: a wait that the server asks for not read, or read where there is none.
// test_limit_headers: the end of a limit of requests not read, or read of a reply that was not
//   refused for it.
// test_connection_kept: a connection made for every request.
// test_abort: a client that cannot be used again after a request was let go of.

#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "lib/model/httpclient.h"
#include "tests/support/localserver.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

using Clock = std::chrono::steady_clock;

class Client
{
 public:
  explicit Client (const std::string &url) : http_ ({.url = url}) {}

  void start () { request_ = http_.post ("{}"); }

  void abort () { request_ = nullptr; }

  std::optional<HttpReply> wait (std::chrono::milliseconds time)
  {
    for (const auto end = Clock::now () + time; Clock::now () < end;) {
      http_.wait (end);
      if (request_ && request_->reply ())
        return *request_->reply ();
    }
    return std::nullopt;
  }

  HttpReply post ()
  {
    start ();
    const std::optional<HttpReply> reply = wait (std::chrono::seconds (60));
    fail_unless_in_loop (reply && reply->outcome == HttpReply::Outcome::kReply, "no reply");
    return *reply;
  }

 private:
  HttpClient http_;
  std::unique_ptr<HttpRequest> request_;
};

// As a header has it: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string date_in (int seconds)
{
  GDateTime *now = g_date_time_new_now_utc ();
  GDateTime *date = g_date_time_add_seconds (now, seconds);
  gchar *text = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");
  const std::string result = text;
  g_free (text);
  g_date_time_unref (date);
  g_date_time_unref (now);
  return result;
}

}  // namespace

GST_START_TEST (test_wait_headers)
{
  const struct {
    std::string after, after_ms;
    double expected;  // -1 for none
    double late = 1e-6;
  } kHeaders[] = {
      {"7", "", 7},
      {"0", "", 0},
      {"1.5", "", 1.5},
      {"8549", "", 8549},
      {"", "250", 0.25},
      {"20", "250", 0.25},
      {"", "40000", 40},
      // A second may have passed.
      {date_in (10), "", 10, 5},
      {date_in (3600), "", 3600, 5},
      {"Sun, 06 Nov 1994 08:40:00 GMT", "", 0},
      // Not understood.
      {"soon", "", -1},
      {"-3", "", -1},
      {"nan", "inf", -1},
      {"", "", -1},
  };
  std::string headers;
  LocalServer server (
      [&] (const std::string &) { return LocalServer::reply (429, "{}", headers); });
  Client client (server.url ());
  for (const auto &one : kHeaders) {
    headers = one.after.empty () ? "" : "Retry-After: " + one.after + "\r\n";
    if (!one.after_ms.empty ())
      headers += "retry-after-ms: " + one.after_ms + "\r\n";
    const HttpReply reply = client.post ();
    const double found = reply.asked_wait ? reply.asked_wait->count () : -1;
    fail_unless (found > one.expected - one.late && found < one.expected + 1e-6, "'%s' '%s': %f",
                 one.after.c_str (), one.after_ms.c_str (), found);
  }
}
GST_END_TEST

// Other headers with a time, as OpenRouter, OpenAI and Groq send them.
GST_START_TEST (test_limit_headers)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const struct {
    int status;
    std::string headers;
    double expected;  // -1 for none
  } kHeaders[] = {
      {429, "X-RateLimit-Reset: 12\r\n", 12},
      {429, "X-RateLimit-Reset: " + std::to_string (now + 20) + "\r\n", 20},
      {429, "X-RateLimit-Reset: " + std::to_string ((now + 20) * 1000) + "\r\n", 20},
      {429, "X-RateLimit-Reset: " + std::to_string (now - 20) + "\r\n", 0},
      {429, "x-ratelimit-reset-requests: 1m2s\r\n", 62},
      {429, "x-ratelimit-reset-tokens: 6ms\r\n", 0.006},
      {429,
       "x-ratelimit-remaining-requests: 9\r\nx-ratelimit-reset-requests: 6h\r\n"
       "x-ratelimit-remaining-tokens: 0\r\nx-ratelimit-reset-tokens: 7s\r\n",
       7},
      {429, "X-RateLimit-Reset: soon\r\n", -1},
      // Sent with every reply; it says nothing of this failure.
      {500, "x-ratelimit-reset-requests: 1m2s\r\n", -1},
  };
  int status = 0;
  std::string headers;
  LocalServer server (
      [&] (const std::string &) { return LocalServer::reply (status, "{}", headers); });
  Client client (server.url ());
  for (const auto &one : kHeaders) {
    status = one.status;
    headers = one.headers;
    const HttpReply reply = client.post ();
    const double found = reply.limit_wait ? reply.limit_wait->count () : -1;
    fail_unless (found > one.expected - 5 && found < one.expected + 1e-3 &&
                     (found >= 0) == (one.expected >= 0),
                 "%s: %f", one.headers.c_str (), found);
  }
}
GST_END_TEST

GST_START_TEST (test_connection_kept)
{
  std::mutex guard;
  std::set<std::thread::id> connections;
  LocalServer server ([&] (const std::string &) {
    std::lock_guard lock (guard);
    connections.insert (std::this_thread::get_id ());
    return LocalServer::reply (200, "{}");
  });
  Client client (server.url ());
  for (int i = 0; i < 5; ++i)
    fail_unless_equals_int (static_cast<int> (client.post ().status), 200);
  fail_unless_equals_int (static_cast<int> (connections.size ()), 1);
}
GST_END_TEST

GST_START_TEST (test_abort)
{
  int requests = 0;
  LocalServer server (
      [&] (const std::string &) { return ++requests == 1 ? "" : LocalServer::reply (200, "{}"); });
  Client client (server.url ());
  client.start ();
  fail_if (client.wait (std::chrono::milliseconds (50)));
  client.abort ();
  fail_if (client.wait (std::chrono::milliseconds (1)));
  fail_unless_equals_int (static_cast<int> (client.post ().status), 200);
}
GST_END_TEST

static Suite *transfer_suite ()
{
  Suite *suite = suite_create ("transfer");
  TCase *tcase = tcase_create ("transfer");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_wait_headers);
  tcase_add_test (tcase, test_limit_headers);
  tcase_add_test (tcase, test_connection_kept);
  tcase_add_test (tcase, test_abort);
  return suite;
}

GST_CHECK_MAIN (transfer)
