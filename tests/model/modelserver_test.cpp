/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What is known of a server, by all who ask it.
//
// test_image_limit: a limit on images that is paid for more than once.
// test_key_refused: images sent to a server that refuses the key.
// test_key_memory: a key that is never tried again, or given up for one stray refusal.
// test_models: what one model's server says held against another one, another key, or other
// headers. test_headers: an account that is not asked because another one may not be. test_rest: a
// server that wants a rest and gets none from others; all requests at once after it.
// test_head_start: a slow first reply that holds up all others.

#include <list>

#include "askedquestions.h"

using namespace numpro;

GST_START_TEST (test_image_limit)
{
  for (guint clients = 1; clients <= 2; ++clients) {
    Counter requests;
    std::atomic<int> refusals = 0;
    LocalServer server ([&] (const std::string &request) {
      requests.count ();
      refusals += images_in (request) > 4;
      return answer_with_cap (request, 4);
    });
    Told told;
    {
      std::list<ModelClient> all;
      for (guint i = 0; i < clients; ++i)
        all.emplace_back (options_for (server.url ()));
      for (guint64 number = 0; number < 8; ++number)
        told.ask (number % 2 ? all.front () : all.back (), number, 8);
      told.wait_for (8);
    }
    fail_unless_equals_int (told.count (std::nullopt), 8);
    fail_unless_equals_int (refusals, 1);
    fail_unless_equals_int (requests.total (), 17);
  }
}
GST_END_TEST

GST_START_TEST (test_key_refused)
{
  Counter requests;
  LocalServer server ([&] (const std::string &) {
    requests.count ();
    return LocalServer::error (401, "Incorrect API key provided");
  });
  Told told;
  {
    ModelClient one (options_for (server.url ())), other (options_for (server.url ()));
    for (guint64 number = 0; number < 20; ++number)
      told.ask (number % 2 ? one : other, number);
    told.wait_for (20);
  }
  fail_unless_equals_int (requests.total (), 1);
  fail_unless_equals_int (told.count (AskFailure::kUnauthorized), 20);
  for (const auto &[number, result] : told.results ())
    fail_unless_equals_string (result.problem.c_str (),
                               "HTTP status 401: Incorrect API key provided; set api-key, or "
                               "NUMPRO_API_KEY in the environment");
  // It is forgotten with those who knew it.
  Told later;
  {
    ModelClient client (options_for (server.url ()));
    later.ask (client, 0);
    later.wait_for (1);
  }
  fail_unless_equals_int (requests.total (), 2);
}
GST_END_TEST

GST_START_TEST (test_key_memory)
{
  const Clock::time_point now = Clock::now ();
  const auto later = [now] (int seconds) { return now + std::chrono::seconds (seconds); };
  ModelServer server;
  fail_if (server.key_refusal (now));
  server.refuse_key ("no", now);
  fail_unless (server.key_refusal (now) == "no" && server.key_refusal (later (29)) == "no");
  fail_if (server.key_refusal (later (30)));
  server.refuse_key ("still no", later (30));
  fail_unless (server.key_refusal (later (31)) == "still no");
  server.accept_key ();
  fail_if (server.key_refusal (later (31)));
  for (int refusal = 1; refusal <= 3; ++refusal) {
    fail_if (server.key_refusal (later (32)));
    server.refuse_key ("no more", later (32));
  }
  fail_unless (server.key_refusal (later (32)) == "no more");
}
GST_END_TEST

GST_START_TEST (test_models)
{
  const ModelOptions options = options_for ("http://localhost:1/v1");
  const auto server = ModelServer::find (options);
  fail_unless (ModelServer::find (options) == server);
  ModelOptions model = options, key = options, url = options, header = options, other = options;
  model.chat.model = "n";
  key.http.bearer = "another";
  url.http.url += "/";
  header.http.headers = {{"api-key", "one"}};
  for (const ModelOptions &another : {model, key, url, header})
    fail_if (ModelServer::find (another) == server);

  other.http.headers = {{"api-key", "other"}};
  const auto with_header = ModelServer::find (header);
  fail_unless (ModelServer::find (header) == with_header);
  fail_if (ModelServer::find (other) == with_header);
}
GST_END_TEST

GST_START_TEST (test_headers)
{
  LocalServer server ([&] (const std::string &request) {
    return request.find ("\r\napi-key: good\r\n") == std::string::npos
               ? LocalServer::error (401, "not with bad-key")
               : answer_with_cap (request, 4);
  });
  ModelOptions good = options_for (server.url ()), bad = good;
  good.http.headers = {{"api-key", "good"}};
  bad.http.headers = {{"api-key", "bad-key"}};
  Told told;
  {
    ModelClient refused (bad), asked (good);
    told.ask (refused, 0);
    told.wait_for (1);
    told.ask (refused, 1);
    told.ask (asked, 2, 8);
    told.wait_for (3);
    // The cap is that of one of them.
    fail_unless_equals_int (static_cast<int> (ModelServer::find (good)->image_limit ()), 4);
    fail_unless_equals_int (static_cast<int> (ModelServer::find (bad)->image_limit ()),
                            static_cast<int> (G_MAXUINT));
  }
  fail_unless (told.results ().at (2).answer != nullptr);
  for (guint64 number : {0, 1})
    fail_unless_equals_string (told.results ().at (number).problem.c_str (),
                               "HTTP status 401: not with ***; set api-key, or NUMPRO_API_KEY in "
                               "the environment, or correct request-headers");
}
GST_END_TEST

GST_START_TEST (test_rest)
{
  Counter requests;
  std::atomic<int> now = 0, most = 0;
  LocalServer server ([&] (const std::string &) {
    const int before = requests.count ();
    most = std::max<int> (most, ++now);
    std::this_thread::sleep_for (std::chrono::milliseconds (20));
    --now;
    if (before == 0)
      return LocalServer::error (429, "later", "retry-after-ms: 300\r\n");
    // One was let go ahead.
    if (before == 1)
      fail_unless_in_loop (most == 1, "%d at once", most.load ());
    return LocalServer::completion ("From 0 to 1.");
  });
  Told told;
  {
    ModelClient one (options_for (server.url ())), other (options_for (server.url ()));
    for (guint64 number = 0; number < 8; ++number)
      told.ask (number % 2 ? one : other, number);
    told.wait_for (8);
  }
  fail_unless_equals_int (told.count (std::nullopt), 8);
  const auto times = requests.times ();
  fail_unless_equals_int (static_cast<int> (times.size ()), 9);
  const double rest = Milliseconds (times[1] - times[0]).count ();
  fail_unless (rest >= 300, "%.0f ms", rest);
  fail_unless (most > 1);
}
GST_END_TEST

GST_START_TEST (test_head_start)
{
  Counter requests;
  LocalServer server ([&] (const std::string &) {
    return requests.count () == 0 ? "" : LocalServer::completion ("From 0 to 1.");
  });
  Told told;
  ModelClient client (options_for (server.url ()));
  for (guint64 number = 0; number < 6; ++number)
    told.ask (client, number);
  told.wait_for (5);
  const auto times = requests.times ();
  const double head_start = Milliseconds (times[1] - times[0]).count ();
  fail_unless (head_start > 500 && head_start < 5000, "%.0f ms", head_start);
  client.cancel_all ();
  told.wait_for (6);
  fail_unless_equals_int (told.count (std::nullopt), 5);
}
GST_END_TEST

static Suite *modelserver_suite ()
{
  Suite *suite = suite_create ("modelserver");
  TCase *tcase = tcase_create ("modelserver");
  tcase_set_timeout (tcase, 100);
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_image_limit);
  tcase_add_test (tcase, test_key_refused);
  tcase_add_test (tcase, test_key_memory);
  tcase_add_test (tcase, test_models);
  tcase_add_test (tcase, test_headers);
  tcase_add_test (tcase, test_rest);
  tcase_add_test (tcase, test_head_start);
  return suite;
}

GST_CHECK_MAIN (modelserver)
