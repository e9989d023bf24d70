/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Servers that take less than they are asked for.
//
// test_image_caps: a cap on images not understood, or guessed from a number of something else.
// test_one_image: a request that is split for ever, or a cap learned from what nothing came of.
// test_cap_is_known: a cap that was found paid for again, by others or with the next batch; told
//   more than once, or not at all.
// test_formats: a server that knows no schema given up, or asked for the same again.
// test_own_format: a form of answers that the user asked for changed.
// test_loading: a server that loads its model given up before it is there, or asked all the time.

#include "askedquestions.h"

using namespace numpro;

namespace {

const std::string kWhole = "From 0 to 1.";

}  // namespace

namespace {

struct Cap {
  int status;
  std::string body;
  int requests;  // for a batch of eight where three are taken at most
  guint limit;   // that is known then
};

std::string message (const std::string &text)
{
  return R"({"error":{"message":")" + text + R"("}})";
}

const Cap kCaps[] = {
    // Named: one that is refused, and 3, 3, 2.
    {400, message ("At most 3 image(s) may be provided in one prompt."), 4, 3},
    {400, message ("Image count 8 exceeds limit 3 per request."), 4, 3},
    {400, message ("messages: too many images and documents: 8 + 0 > 3"), 4, 3},
    {500, message ("At most 3 image(s) may be provided in one prompt."), 4, 3},
    {422, R"({"detail":[{"msg":"At most 3 images are allowed"}]})", 4, 3},
    {413, message ("Too many images in request: limit is 3"), 4, 3},
    {400,
     R"({"error":{"message":"Provider returned error","code":400,"metadata":)"
     R"({"raw":"{\"message\":\"This model supports up to 3 images\"}"}}})",
     4, 3},
    {200, R"({"error":{"code":400,"message":"A maximum of 3 images is allowed"}})", 4, 3},
    {500, message ("this model only supports one image while more than one image requested"), 9, 1},
    // Not named: 8 and 4 that are refused, and four of 2.
    {400, message ("Too many images."), 6, 2},
    {400, message ("At most 20 images may be provided"), 6, 2},
    {413, "<html><head><title>413 Request Entity Too Large</title></head></html>", 6, 2},
    {400, message ("This model's maximum context length is 4096 tokens"), 6, 2},
    {500, message ("context full"), 6, 2},
    {429, message ("Request too large for m on tokens per min (TPM)"), 6, 2},
};

}  // namespace

GST_START_TEST (test_image_caps)
{
  for (const Cap &cap : kCaps) {
    Counter counter;
    LocalServer server ([&] (const std::string &request) {
      counter.count ();
      return images_in (request) > std::min<guint> (cap.limit, 3)
                 ? LocalServer::reply (cap.status, cap.body)
                 : LocalServer::completion (kWhole);
    });
    const ModelOptions options = options_for (server.url ());
    const auto known = ModelServer::find (options);
    Told told;
    {
      ModelClient client (options);
      told.ask (client, 0, 8);
      told.wait_for (1);
    }
    const AskResult &result = told.results ().at (0);
    fail_unless_in_loop (result.answer != nullptr, "%s: %s", cap.body.c_str (),
                         result.problem.c_str ());
    fail_unless_in_loop (counter.total () == cap.requests, "%s: %d requests", cap.body.c_str (),
                         counter.total ());
    fail_unless_in_loop (known->image_limit () == cap.limit, "%s: %u", cap.body.c_str (),
                         known->image_limit ());
    const guint parts = (8 + cap.limit - 1) / cap.limit;
    fail_unless_in_loop (result.parts == parts && result.news.size () == 1 &&
                             result.news[0].kind == Adaptation::Kind::kParts &&
                             result.news[0].parts == parts,
                         "%s: %u parts", cap.body.c_str (), result.parts);
  }
}
GST_END_TEST

// Each of these refuses one image, too: 8, 4, 2, 1.
GST_START_TEST (test_one_image)
{
  for (const Cap &cap : kCaps) {
    Counter counter;
    LocalServer server ([&] (const std::string &) {
      counter.count ();
      return LocalServer::reply (cap.status, cap.body);
    });
    const ModelOptions options = options_for (server.url ());
    const auto known = ModelServer::find (options);
    Told told;
    {
      ModelClient client (options);
      told.ask (client, 0, 8);
      told.wait_for (1);
    }
    const AskResult &result = told.results ().at (0);
    fail_unless_in_loop (result.failure == AskFailure::kHttp && counter.total () <= 4, "%s: %d",
                         cap.body.c_str (), counter.total ());
    fail_unless_in_loop (
        result.problem.ends_with ("; lower max-edge or batch-size, or set layout=grid"), "%s",
        result.problem.c_str ());
    // What nothing came of is no cap.
    fail_unless_in_loop (known->image_limit () > 1 || cap.limit == 1, "%s", cap.body.c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_cap_is_known)
{
  std::atomic<int> refusals = 0;
  LocalServer server ([&] (const std::string &request) {
    const bool is_refused = images_in (request) > 2;
    refusals += is_refused;
    return is_refused ? LocalServer::error (400, "Too many images.")
                      : LocalServer::completion (kWhole);
  });
  Told told;
  {
    ModelClient one (options_for (server.url ())), other (options_for (server.url ()));
    told.ask (one, 0, 8);
    told.wait_for (1);
    for (guint64 number = 1; number < 6; ++number)
      told.ask (number % 2 ? one : other, number, 8);
    told.wait_for (6);
  }
  fail_unless_equals_int (told.count (std::nullopt), 6);
  fail_unless_equals_int (refusals, 2);
  std::size_t news = 0;
  for (const auto &[number, result] : told.results ()) {
    fail_unless_equals_int (static_cast<int> (result.parts), 4);
    news += result.news.size ();
    if (!result.news.empty ())
      fail_unless (
          result.news[0].sentence () ==
          "The server takes 2 images in a request: a batch of 8 is asked about in 4 parts, each a "
          "request; lower batch-size or set layout=grid to have fewer");
  }
  fail_unless_equals_int (static_cast<int> (news), 1);
}
GST_END_TEST

namespace {

// How strict a form of answers a server takes.
ResponseFormat format_in (const std::string &request)
{
  if (request.find ("\"enum\":[") != std::string::npos)
    return ResponseFormat::kLists;
  if (request.find ("\"json_schema\"") != std::string::npos) {
    // Those of the batch.
    fail_unless_in_loop (
        request.find (R"("first":{"type":"integer","minimum":0,"maximum":3})") != std::string::npos,
        "%s", request.c_str ());
    return ResponseFormat::kBounds;
  }
  return request.find ("\"json_object\"") != std::string::npos ? ResponseFormat::kAnyJson
                                                               : ResponseFormat::kAnyText;
}

void ask_for_json (Told &told, ModelClient &client, guint64 number)
{
  const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a car"));
  gst_numpro_prompt_set_answer_format (prompt.get (), GST_NUMPRO_ANSWER_FORMAT_JSON);
  told.ask (client, prompt.get (), make_batch (number).get ());
}

}  // namespace

GST_START_TEST (test_formats)
{
  const struct {
    ResponseFormat taken;
    int status;
    const char *words;
  } kServers[] = {
      // Gemini (pydantic-ai 1553), xgrammar (vllm 15762), DeepSeek, a server of text alone.
      {ResponseFormat::kLists, 400, ""},
      {ResponseFormat::kBounds, 400, "Invalid value at 'generation_config.response_schema' enum"},
      {ResponseFormat::kBounds, 500, "The provided JSON schema contains features not supported"},
      {ResponseFormat::kAnyJson, 400, "This response_format type is unavailable now"},
      {ResponseFormat::kAnyText, 422, "response_format: extra inputs are not permitted"},
  };
  for (const auto &one : kServers) {
    Counter counter;
    LocalServer server ([&] (const std::string &request) {
      counter.count ();
      return format_in (request) < one.taken ? LocalServer::error (one.status, one.words)
                                             : LocalServer::completion (kWhole);
    });
    Told told;
    {
      ModelClient client (options_for (server.url ()));
      ask_for_json (told, client, 0);
      told.wait_for (1);
      ask_for_json (told, client, 1);
      told.wait_for (2);
    }
    const int steps = static_cast<int> (one.taken);
    fail_unless_equals_int (told.count (std::nullopt), 2);
    fail_unless_in_loop (counter.total () == steps + 2, "%s: %d requests", one.words,
                         counter.total ());
    // Told with the first answer alone.
    const AskResult &first = told.results ().at (0), &second = told.results ().at (1);
    fail_unless_in_loop (first.news.size () == (steps > 0 ? 1 : 0) && second.news.empty (), "%s",
                         one.words);
    if (steps > 0)
      fail_unless (first.news[0].kind == Adaptation::Kind::kFormat &&
                   first.news[0].format == one.taken);
    // It is read as any answer.
    fail_unless (gst_numpro_answer_get_valid (first.answer.get ()));
  }
}
GST_END_TEST

// The user's own form is not to be changed.
GST_START_TEST (test_own_format)
{
  Counter counter;
  LocalServer server ([&] (const std::string &request) {
    counter.count ();
    fail_unless_in_loop (
        request.find ("\"response_format\":{\"type\":\"text\"}") != std::string::npos, "%s",
        request.c_str ());
    return LocalServer::error (400, "no such response_format");
  });
  ModelOptions options = options_for (server.url ());
  options.chat.options = R"({"response_format":{"type":"text"}})";
  Told told;
  {
    ModelClient client (options);
    ask_for_json (told, client, 0);
    told.wait_for (1);
  }
  fail_unless_equals_int (told.count (AskFailure::kHttp), 1);
  fail_unless_equals_int (counter.total (), 1);
}
GST_END_TEST

GST_START_TEST (test_loading)
{
  Counter counter;
  // The one retry that there is is left for what comes then.
  LocalServer server ([&] (const std::string &) {
    switch (counter.count ()) {
      case 0:
      case 1:
        return LocalServer::error (503, "Loading model");
      case 2:
        return LocalServer::error (500, "once");
      default:
        return LocalServer::completion (kWhole);
    }
  });
  ModelOptions options = options_for (server.url ());
  options.retry.retries = 1;
  int repeated = 0;
  Told told;
  {
    ModelClient client (options, [&] (const SentRequest &sent) { repeated += sent.is_retry; });
    told.ask (client, 0);
    told.wait_for (1);
  }
  fail_unless_equals_int (told.count (std::nullopt), 1);
  fail_unless_equals_int (repeated, 3);
  const auto times = counter.times ();
  fail_unless_equals_int (static_cast<int> (times.size ()), 4);
  // It is not asked all the time.
  for (std::size_t i = 1; i < 3; ++i)
    fail_unless (Milliseconds (times[i] - times[i - 1]).count () > 900);
}
GST_END_TEST

static Suite *adapting_suite ()
{
  Suite *suite = suite_create ("adapting");
  TCase *tcase = tcase_create ("adapting");
  tcase_set_timeout (tcase, 100);
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_image_caps);
  tcase_add_test (tcase, test_one_image);
  tcase_add_test (tcase, test_cap_is_known);
  tcase_add_test (tcase, test_formats);
  tcase_add_test (tcase, test_own_format);
  tcase_add_test (tcase, test_loading);
  return suite;
}

GST_CHECK_MAIN (adapting)
