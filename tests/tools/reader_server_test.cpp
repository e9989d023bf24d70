/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The stand-in for a model as a program, by its clients.
//
// test_start: an address that is not printed, bad options that are taken, an end that leaks.
// test_api: paths, methods, keys and models that a server of this API refuses, let in.
// test_answer: an answer from anything else than pixels, in another form than was asked for.
// test_malformed: a request that is nonsense answered with sense, or not at all.
// test_statuses: a fault that is another than its name says.
// test_spoiled_answers: an answer that is spoiled not at all, or in another way.
// test_worded_replies: a reply in other words than those of the server that it is named after.
// test_streams: a stream that is none, or is whole where it should not be.
// test_wire: a connection that is treated better than was asked for, or takes the server with it.
// test_images: faults about images that do nothing.
// test_order: numbers in another order than that of their images, faults that keep it.
// test_script: faults in another order, lines that do not tell what was done.

#include <algorithm>

#include "readerclient.h"
#include "tests/support/readerprocess.h"

namespace {

constexpr char kBlue[] = "During which frames can we see the screen is blue?";

// Frames 20 and 21 are black, 22 and 23 blue, 24 and 25 white.
const std::vector<StampedImage> &frames ()
{
  static const std::vector<StampedImage> all = [] {
    std::vector<StampedImage> images;
    guint64 start = 20;
    for (const char *pattern : {"black", "blue", "white"}) {
      for (StampedImage &image : stamped_frames (pattern, 2, start))
        images.push_back (std::move (image));
      start += 2;
    }
    return images;
  }();
  return all;
}

std::unique_ptr<Response> ask_with (Client &client, const std::string &fault)
{
  return client.post (request_about (frames (), kBlue, "numpro-reader+" + fault));
}

// Where tests run in one process, the program starts once for those that want nothing special of
// it.
ReaderProcess &shared_process ()
{
  static ReaderProcess process;
  return process;
}

void fail_unless_whole (Client &client)
{
  const auto response = client.post (request_about (frames (), kBlue));
  fail_unless_equals_int (response->status, 200);
  fail_unless (response->content () == "From 22 to 23.", "%s", response->body.c_str ());
}

}  // namespace

GST_START_TEST (test_start)
{
  ReaderProcess process;
  fail_unless (process.first_line ().ends_with ("/v1 model=numpro-reader"), "%s",
               process.first_line ().c_str ());
  fail_unless (process.endpoint ().starts_with ("http://127.0.0.1:"));
  Client client (process.endpoint ());
  fail_unless_whole (client);
  fail_unless_equals_int (process.stop (), 0);

  for (const char *option : {"--faults=nonsense", "--script=", "--port=70000", "--what", "what"}) {
    ReaderProcess refused ({option});
    fail_unless (refused.first_line ().empty ());
    fail_unless_equals_int (refused.wait (), 2);
  }
}
GST_END_TEST

GST_START_TEST (test_api)
{
  ReaderProcess process ({"--api-key=secret"});
  Client client (process.endpoint ());
  for (const char *key : {"", "wrong", "secret2"}) {
    client.key = key;
    const auto refused = client.get ("/models");
    fail_unless_equals_int (refused->status, 401);
    fail_unless (refused->at ("/error/type") == "authentication_error");
    fail_unless_equals_int (client.post (request_about ({}, kBlue))->status, 401);
  }
  client.key = "secret";
  const auto models = client.get ("/models");
  fail_unless_equals_int (models->status, 200);
  fail_unless (models->at ("/data/0/id") == "numpro-reader", "%s", models->body.c_str ());

  fail_unless_equals_int (client.get ("/chat/completions")->status, 405);
  fail_unless_equals_int (client.send ("POST", "/models", "{}")->status, 405);
  const auto lost = client.get ("/embeddings");
  fail_unless_equals_int (lost->status, 404);
  fail_unless (lost->at ("/error/message") == "There is no /v1/embeddings.");
  for (const char *model : {"gpt-4o", "numpro-reader+", "numpro-reader+nonsense"})
    fail_unless_equals_int (client.post (request_about ({}, kBlue, model))->status, 404);
}
GST_END_TEST

GST_START_TEST (test_answer)
{
  Client client (shared_process ().endpoint ());
  // Neither their order nor their labels say anything.
  std::vector<StampedImage> shuffled = frames ();
  std::reverse (shuffled.begin (), shuffled.end ());
  std::swap (shuffled[1], shuffled[4]);
  const auto text = client.post (request_about (shuffled, kBlue, "numpro-reader", "Frame 99"));
  fail_unless (text->content () == "From 22 to 23.", "%s", text->body.c_str ());
  fail_unless (text->at ("/choices/0/finish_reason") == "stop");
  fail_unless (text->at ("/model") == "numpro-reader");
  // Six images of 12x7 patches, and text.
  const int tokens = std::stoi (text->at ("/usage/prompt_tokens"));
  fail_unless (tokens > 6 * 12 * 7 && tokens < 6 * 12 * 7 + 120, "%d tokens", tokens);

  const auto json = client.post (request_about (
      frames (), std::string (kBlue) + " Also the first and the last number that you see.",
      "numpro-reader", "",
      R"({"type":"object","properties":{"found":{"type":"boolean"},"spans":{"type":"array","items":)"
      R"({"type":"object","properties":{"first":{"type":"integer"},"last":{"type":"integer"}}}},)"
      R"("first_seen":{"type":"integer"},"last_seen":{"type":"integer"}}})"));
  fail_unless (
      json->content () ==
          R"({"found":true,"spans":[{"first":22,"last":23}],"first_seen":20,"last_seen":25})",
      "%s", json->body.c_str ());

  const std::vector<StampedImage> sheets =
      stamped_frames ("blue", 12, 50, "", "layout=grid grid-columns=4 grid-rows=3");
  const auto sheet =
      client.post (request_about (sheets, kBlue, "numpro-reader", "<Frame 1 to Frame 2>"));
  fail_unless (sheet->content () == "From 50 to 61.", "%s", sheet->body.c_str ());
}
GST_END_TEST

GST_START_TEST (test_malformed)
{
  Client client (shared_process ().endpoint ());
  const std::string good = request_about (frames (), kBlue);
  for (const std::string &body : {std::string (), std::string ("nonsense"), std::string ("[]"),
                                  good.substr (0, good.size () / 2), std::string (R"({"model":1})"),
                                  request_about ({{"no JPEG", {}}}, kBlue)}) {
    const auto response = client.post (body);
    fail_unless_equals_int (response->status, 400);
    fail_unless (response->at ("/error/type") == "invalid_request_error", "%s",
                 response->body.c_str ());
    fail_if (response->at ("/error/message").empty ());
  }
  fail_unless_whole (client);
}
GST_END_TEST

GST_START_TEST (test_statuses)
{
  Client client (shared_process ().endpoint ());
  for (const char *status : {"400", "401", "403", "408", "409", "429", "500", "503"}) {
    const auto response = ask_with (client, status);
    fail_unless_equals_int (response->status, std::stoi (status));
    fail_if (response->at ("/error/message").empty ());
    fail_unless (response->retry_after.empty () && response->retry_after_ms.empty ());
  }
  const auto seconds = ask_with (client, "retry-after:7");
  fail_unless_equals_int (seconds->status, 429);
  fail_unless (seconds->retry_after == "7");
  const auto milliseconds = ask_with (client, "retry-after-ms:250");
  fail_unless_equals_int (milliseconds->status, 429);
  fail_unless (milliseconds->retry_after_ms == "250");

  const auto date = ask_with (client, "retry-after-date:3600");
  fail_unless_equals_int (date->status, 429);
  GDateTime *then = soup_date_time_new_from_http_string (date->retry_after.c_str ());
  fail_unless (then != nullptr, "%s", date->retry_after.c_str ());
  const gint64 ahead = g_date_time_to_unix (then) - g_get_real_time () / G_USEC_PER_SEC;
  g_date_time_unref (then);
  fail_unless (ahead > 3000 && ahead <= 3600);
}
GST_END_TEST

GST_START_TEST (test_spoiled_answers)
{
  Client client (shared_process ().endpoint ());
  const auto html = ask_with (client, "html");
  fail_unless (html->status == 200 && html->content_type == "text/html");
  const auto foreign = ask_with (client, "foreign-json");
  fail_unless (foreign->status == 200 && foreign->at ("/status") == "ok" &&
               foreign->at ("/choices").empty ());
  fail_unless (ask_with (client, "no-choices")->at ("/choices") == "[]");
  const auto reasoning = ask_with (client, "reasoning-only");
  fail_unless (reasoning->content ().empty ());
  fail_unless (reasoning->at ("/choices/0/message/reasoning_content") == "From 22 to 23.");
  const auto cut = ask_with (client, "length");
  fail_unless (cut->content () == "From 22" && cut->at ("/choices/0/finish_reason") == "length",
               "%s", cut->body.c_str ());
  const auto bytes = ask_with (client, "non-utf8");
  fail_unless (bytes->status == 200 && bytes->error == nullptr);
  fail_if (
      g_utf8_validate (bytes->body.data (), static_cast<gssize> (bytes->body.size ()), nullptr));
  const auto large = ask_with (client, "oversized");
  fail_unless (large->status == 200 && large->body.size () > 9 << 20);
}
GST_END_TEST

GST_START_TEST (test_worded_replies)
{
  Client client (shared_process ().endpoint ());
  const struct {
    const char *fault;
    unsigned status;
    const char *place, *text;  // what stands there
  } kReplies[] = {
      {"cap-sglang", 400, "/message", "Image count 6 exceeds limit 3 per request."},
      {"cap-anthropic:2", 400, "/error/message",
       "messages: too many images and documents: 6 + 0 > 2"},
      {"cap-ollama", 500, "/error/message",
       "this model only supports one image while more than one image requested"},
      {"cap-nim:5", 422, "/detail/0/msg", "At most 5 images are allowed"},
      {"cap-openrouter", 400, "/error/metadata/raw",
       R"({"error":{"message":"This model supports up to 3 images"}})"},
      {"cap-500", 500, "/error/message", "At most 3 image(s) may be provided in one prompt."},
      {"cap-in-200", 200, "/error/code", "400"},
      {"cap-unnamed", 400, "/error/message", "Too many images."},
      {"cap-context", 400, "/error/code", "context_length_exceeded"},
      {"context-full", 500, "/error/message", "context full"},
      {"cap-sglang:6", 200, "/choices/0/message/content", "From 22 to 23."},
      {"no-enum", 200, "/choices/0/message/content", "From 22 to 23."},
      {"error-in-200:503", 200, "/error/code", "503"},
      {"error-in-choice", 200, "/choices/0/error/code", "502"},
      {"202", 202, "", "{}"},
      {"498", 498, "/error/message", "no capacity"},
      {"loading", 503, "/error/message", "Loading model"},
      {"retry-in-body:7", 429, "/0/error/details/0/retryDelay", "7s"},
      {"quota", 429, "/error/code", "insufficient_quota"},
      {"no-model", 404, "/message", "The model `m` does not exist."},
      {"refusal", 200, "/choices/0/message/refusal", "From 22 to 23."},
      {"finish:SAFETY", 200, "/choices/0/finish_reason", "SAFETY"},
      {"finish", 200, "/choices/0/finish_reason", "abort"},
      {"201", 201, "/choices/0/message/content", "From 22 to 23."},
      {"gzip", 200, "/choices/0/message/content", "From 22 to 23."},
  };
  for (const auto &one : kReplies) {
    const auto response = ask_with (client, one.fault);
    fail_unless (response->status == one.status && response->at (one.place) == one.text,
                 "%s: %u, %s", one.fault, response->status, response->body.c_str ());
  }
  const auto page = ask_with (client, "html-error");
  fail_unless (page->status == 502 && page->content_type == "text/html");
}
GST_END_TEST

GST_START_TEST (test_streams)
{
  Client client (shared_process ().endpoint ());
  const auto whole = ask_with (client, "sse"), cut = ask_with (client, "sse-cut"),
             broken = ask_with (client, "sse-error"), wrapped = ask_with (client, "json-then-done");
  for (const Response *stream : {whole.get (), cut.get (), broken.get ()}) {
    fail_unless (stream->content_type == "text/event-stream");
    fail_unless (stream->body.starts_with ("data: {") &&
                     stream->body.find (": keep-alive\n\n") != std::string::npos,
                 "%s", stream->body.c_str ());
  }
  fail_unless (whole->body.ends_with ("data: [DONE]\n\n") &&
               wrapped->body.ends_with ("}\n\ndata: [DONE]\n\n"));
  fail_if (cut->body.find ("stop") != std::string::npos);
  fail_unless (broken->body.find ("\"error\":{\"code\":502") != std::string::npos);
}
GST_END_TEST

// Asks, and goes away once the server has said that it knows.
void ask_and_leave (ReaderProcess &process, Client &client, const std::string &fault)
{
  struct Leaver {
    ReaderProcess &process;
    GCancellable *cancellable;
  } leaver = {process, g_cancellable_new ()};
  client.cancellable = leaver.cancellable;
  GThread *thread = g_thread_new (
      "leaver",
      [] (gpointer data) -> gpointer {
        const auto *self = static_cast<Leaver *> (data);
        self->process.read_line ();
        g_cancellable_cancel (self->cancellable);
        return nullptr;
      },
      &leaver);
  const auto response = ask_with (client, fault);
  g_thread_join (thread);
  client.cancellable = nullptr;
  g_object_unref (leaver.cancellable);
  fail_unless (g_error_matches (response->error, G_IO_ERROR, G_IO_ERROR_CANCELLED), "%s: %s",
               fault.c_str (), response->error ? response->error->message : "answered");
}

GST_START_TEST (test_wire)
{
  ReaderProcess process ({"--verbose"});
  Client client (process.endpoint ());
  fail_unless_whole (client);
  const auto reset = ask_with (client, "reset");
  fail_unless (g_error_matches (reset->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED), "%s",
               reset->error ? reset->error->message : "answered");
  const auto half = ask_with (client, "truncated");
  // The end of the connection is no error to libsoup.
  const std::size_t announced = std::stoul (half->content_length);
  fail_unless (!half->body.empty () && half->body.size () == announced / 2, "%zu of %zu bytes came",
               half->body.size (), announced);
  const auto drip = ask_with (client, "drip:0");
  fail_unless (drip->content () == "From 22 to 23.", "%s", drip->body.c_str ());
  // A line for each that came so far.
  for (int i = 0; i < 4; ++i)
    process.read_line ();
  ask_and_leave (process, client, "hang");
  ask_and_leave (process, client, "drip:1000");
  fail_unless_whole (client);
  // With a client that still waits.
  GThread *patience = g_thread_new (
      "patience",
      [] (gpointer endpoint) -> gpointer {
        const std::unique_ptr<std::string> owned (static_cast<std::string *> (endpoint));
        Client waiting (*owned);
        return ask_with (waiting, "hang")->error ? GINT_TO_POINTER (1) : nullptr;
      },
      new std::string (process.endpoint ()));
  fail_unless_equals_int (process.stop (), 0);
  fail_unless (g_thread_join (patience) != nullptr);
}
GST_END_TEST

GST_START_TEST (test_images)
{
  Client client (shared_process ().endpoint ());
  const auto refused = ask_with (client, "image-cap:5");
  fail_unless_equals_int (refused->status, 400);
  fail_unless (refused->at ("/error/message") ==
               "At most 5 image(s) may be provided in one prompt.");
  fail_unless (ask_with (client, "image-cap:6")->content () == "From 22 to 23.");
  fail_unless (ask_with (client, "image-cut:3")->content () == "From 22 to 22.");
  fail_unless (ask_with (client, "shrink:16")->content () == "I can read no number.");
}
GST_END_TEST

GST_START_TEST (test_order)
{
  Client client (shared_process ().endpoint ());
  const auto numbers_of = [&] (const std::vector<StampedImage> &images, const char *fault) {
    return client
        .post (request_about (images, "Which numbers do you see, in the order of the images?",
                              std::string ("numpro-reader+") + fault))
        ->content ();
  };
  std::vector<StampedImage> mixed = frames ();
  std::swap (mixed[0], mixed[4]);
  fail_unless (numbers_of (mixed, "none") == "24, 21, 22, 23, 20, 25");
  fail_unless (numbers_of (mixed, "merge-neighbours") == "24, 22, 20");
  fail_unless (numbers_of (mixed, "cut-front:2") == "20, 25");
  fail_unless (numbers_of (mixed, "cut-front") == "24, 21, 22, 23, 20, 25");
  const std::string shuffled = numbers_of (mixed, "shuffle");
  fail_unless (shuffled.size () == 22 && shuffled.starts_with ("25, "), "%s", shuffled.c_str ());
  mixed.resize (2);
  fail_unless (numbers_of (mixed, "shuffle") == "24, 21");
}
GST_END_TEST

GST_START_TEST (test_script)
{
  ReaderProcess process ({"--script=500,none,429", "--faults=503", "--verbose"});
  Client client (process.endpoint ());
  guint number = 0;
  for (const unsigned status : {500, 200, 429, 503, 503}) {
    fail_unless_equals_int (client.post (request_about (frames (), kBlue))->status, status);
    Response line;
    line.body = process.read_line ();
    fail_unless (line.at ("/request") == std::to_string (++number), "%s", line.body.c_str ());
    fail_unless (line.at ("/status") == std::to_string (status));
    fail_unless (line.at ("/numbers") == (status == 200 ? "6" : "0"));
  }
}
GST_END_TEST

static Suite *server_suite ()
{
  Suite *suite = suite_create ("server");
  TCase *tcase = tcase_create ("server");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_start);
  tcase_add_test (tcase, test_api);
  tcase_add_test (tcase, test_answer);
  tcase_add_test (tcase, test_malformed);
  tcase_add_test (tcase, test_statuses);
  tcase_add_test (tcase, test_spoiled_answers);
  tcase_add_test (tcase, test_worded_replies);
  tcase_add_test (tcase, test_streams);
  tcase_add_test (tcase, test_wire);
  tcase_add_test (tcase, test_images);
  tcase_add_test (tcase, test_order);
  tcase_add_test (tcase, test_script);
  return suite;
}

GST_CHECK_MAIN (server)
