/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What servers really send, each in its own words, over a socket.
//
// test_endings: an answer that is cut, filtered or refused taken for a whole one.
// test_errors_inside: an error in a reply of status 200 taken for an answer, or for lasting where
// it
//   passes.
// test_words: what a server says of a failure not found.
// test_wrapped: an answer not read because it is streamed, compressed, or has another status.
// test_cures: what to do about a failure not told, or told wrongly.
// test_routes: an endpoint that is wrong put right wrongly.
// test_refusals: what passes taken for what lasts, or one lasting refusal for another.
// test_request: a request that servers stream to, or refuse because nobody says who asks.
// test_bomb: a compressed reply that becomes larger than any reply may be.

#include <gio/gio.h>

#include "askedquestions.h"
#include "tests/support/ledgers.h"

using namespace numpro;

namespace {

std::string said (const std::string &content, const std::string &more)
{
  return LocalServer::reply (
      200, R"({"choices":[{"message":{"content":")" + content + "\"}" + more + "}]}");
}

std::string ended (const std::string &finish_reason)
{
  return said ("From 0 to 1.", ",\"finish_reason\":" + finish_reason);
}

std::string saying (int status, const std::string &body, const std::string &headers = "")
{
  return LocalServer::reply (status, body, headers);
}

std::string stream (const std::string &body)
{
  return saying (200, body, "Content-Type: text/event-stream\r\n");
}

std::string chunk (const std::string &content, const std::string &more = "")
{
  return R"(data: {"choices":[{"index":0,"delta":{"content":")" + content + "\"}" + more +
         "}]}\n\n";
}

std::string compressed (const std::string &text)
{
  GZlibCompressor *compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  std::string out (text.size () + 100, '\0');
  gsize read = 0, written = 0;
  const GConverterResult result =
      g_converter_convert (G_CONVERTER (compressor), text.data (), text.size (), out.data (),
                           out.size (), G_CONVERTER_INPUT_AT_END, &read, &written, nullptr);
  // Before any test runs.
  g_assert (result == G_CONVERTER_FINISHED);
  g_object_unref (compressor);
  out.resize (written);
  return out;
}

std::string body_of (const std::string &reply)
{
  return reply.substr (reply.find ("\r\n\r\n") + 4);
}

const std::string kWhole = "From 0 to 1.";
const std::string kAnswer = body_of (LocalServer::completion (kWhole));

// What becomes of a question that is first told this.
enum class Fate {
  kAnswered,  // with a valid answer, at once
  kInvalid,   // with an answer that is not to be trusted
  kPasses,    // asked once more
  kFails,     // not asked again
};
using enum Fate;

struct Case {
  const char *name;
  std::string reply;  // the first one; an answer follows
  Fate fate;
  const char *words = "";  // all problems of the answer, or of the failure
};

constexpr char kCut[] = "It was cut at the limit on tokens; raise max_tokens in request-options.";
constexpr char kThoughts[] =
    "It is empty but for its reasoning; {\"reasoning_effort\":\"none\"} or "
    "{\"chat_template_kwargs\":{\"enable_thinking\":false}} in request-options may turn that off.";

// Finish reasons: inspect_ai 5143 and 5189, vllm 57082, Mistral's client, DeepSeek, Zhipu.
const Case kEndings[] = {
    {"stop", ended (R"("stop")"), kAnswered},
    {"STOP", ended (R"("STOP")"), kAnswered},
    {"eos", ended (R"("eos")"), kAnswered},
    {"eos_token", ended (R"("eos_token")"), kAnswered},
    {"end_turn", ended (R"("end_turn")"), kAnswered},
    {"stop_sequence", ended (R"("stop_sequence")"), kAnswered},
    {"null", ended ("null"), kAnswered},
    {"empty", ended (R"("")"), kAnswered},
    {"length", ended (R"("length")"), kInvalid, kCut},
    {"max_tokens", ended (R"("max_tokens")"), kInvalid, kCut},
    {"MAX_TOKENS", ended (R"("MAX_TOKENS")"), kInvalid, kCut},
    {"model_length", ended (R"("model_length")"), kInvalid, kCut},
    {"content_filter", ended (R"("content_filter")"), kInvalid,
     "It was cut by the server's content filter."},
    {"SAFETY", ended (R"("SAFETY")"), kInvalid,
     "It was cut by the server's content filter (SAFETY)."},
    {"RECITATION", ended (R"("RECITATION")"), kInvalid,
     "It was cut by the server's content filter (RECITATION)."},
    {"sensitive", ended (R"("sensitive")"), kInvalid,
     "It was cut by the server's content filter (sensitive)."},
    {"refusal ending", ended (R"("refusal")"), kInvalid,
     "It was cut by the server's content filter (refusal)."},
    {"error", ended (R"("error")"), kPasses,
     "HTTP status 200 with an error: the answer ended with finish_reason \"error\""},
    {"abort", ended (R"("abort")"), kPasses,
     "HTTP status 200 with an error: the answer ended with finish_reason \"abort\""},
    {"network_error", ended (R"("network_error")"), kPasses,
     "HTTP status 200 with an error: the answer ended with finish_reason \"network_error\""},
    {"insufficient_system_resource", ended (R"("insufficient_system_resource")"), kPasses,
     "HTTP status 200 with an error: the answer ended with finish_reason "
     "\"insufficient_system_resource\""},
    {"unknown ending", ended (R"("tool_calls")"), kInvalid,
     "It was cut, or may be: it ended for an unknown reason, \"tool_calls\"."},
    {"refusal", saying (200, R"({"choices":[{"message":{"content":null,"refusal":"I cannot."}}]})"),
     kInvalid, "The model refuses to answer."},
    {"reasoning",
     saying (200, R"({"choices":[{"message":{"content":"","reasoning":"From 0 to 1."}}]})"),
     kInvalid, kThoughts},
};

const Case kErrorsInside[] = {
    {"200: 429", saying (200, R"({"error":{"code":429,"message":"slow down"}})"), kPasses,
     "HTTP status 200 with error 429: slow down"},
    {"200: '503'", saying (200, R"({"error":{"code":"503","message":"no one"}})"), kPasses,
     "HTTP status 200 with error 503: no one"},
    {"200: no code", saying (200, R"({"error":"oh"})"), kPasses,
     "HTTP status 200 with an error: oh"},
    {"200: 400", saying (200, R"({"error":{"code":400,"message":"wrong"}})"), kFails,
     "HTTP status 200 with error 400: wrong"},
    {"200: 401", saying (200, R"({"error":{"code":401,"message":"no"}})"), kFails,
     "HTTP status 200 with error 401: no; set api-key, or NUMPRO_API_KEY in the environment"},
    // openrouter.ai/docs, errors; go-openrouter 21
    {"choice: 502",
     said ("From 0 to 1", R"(,"error":{"code":502,"message":"gone"},"finish_reason":"error")"),
     kPasses, "HTTP status 200 with error 502: gone"},
    {"choice: 403", said ("From 0 to 1", R"(,"error":{"code":403,"message":"flagged"})"), kFails,
     "HTTP status 200 with error 403: flagged; the server's moderation refuses what it is asked or "
     "shown, not the key"},
    {"error is null", saying (200, R"({"error":null,)" + kAnswer.substr (1)), kAnswered},
};

const Case kWords[] = {
    {"detail", saying (404, R"({"detail":"Not Found"})"), kFails,
     "HTTP status 404: Not Found; set endpoint to the base of the server's API, which most often "
     "ends in /v1"},
    {"detail list", saying (422, R"({"detail":[{"loc":["body"],"msg":"one"},{"msg":"two"}]})"),
     kFails, "HTTP status 422: one; two"},
    {"detail nested", saying (400, R"({"detail":{"error":{"message":"deep"}}})"), kFails,
     "HTTP status 400: deep"},
    {"raw",
     saying (400, R"({"error":{"message":"Provider returned error","code":400,)"
                  R"("metadata":{"raw":"{\"error\":{\"message\":\"bad seed\"}}"}}})"),
     kFails, "HTTP status 400: Provider returned error: bad seed"},
    {"refusal member", saying (400, R"({"refusal":"not this"})"), kFails,
     "HTTP status 400: not this"},
    {"plain text", saying (400, "\n  no such thing \nmore"), kFails,
     "HTTP status 400: no such thing"},
    {"page with a title",
     saying (403,
             "<!DOCTYPE html><html><head><style>b{}</style><title>Attention Required! | "
             "Cloudflare</title></head><body>x</body>"),
     kFails,
     "HTTP status 403: Attention Required! | Cloudflare; something before the server refuses it, "
     "not the key: a proxy, a firewall"},
    {"page without a title", saying (400, "<html><body>\n<h1>Bad Request</h1>"), kFails,
     "HTTP status 400: Bad Request"},
    {"long page", saying (400, "<html>" + std::string (100'000, ' ') + "</html>"), kFails,
     "HTTP status 400"},
};

const Case kWrapped[] = {
    {"stream",
     stream (": keep-alive\r\n\r\n" + chunk ("From 0 ") + ": ping\n\n" +
             chunk ("to 1.", R"(,"finish_reason":null)") +
             "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
             "data: {\"choices\":[],\"usage\":{\"total_tokens\":7}}\n\ndata: [DONE]\n\n"),
     kAnswered},
    {"stream without empty lines",
     stream ("data: {\"choices\":[{\"delta\":{\"content\":\"From 0 to 1.\"}}]}\ndata: [DONE]"),
     kAnswered},
    {"stream that is cut",
     stream (chunk ("From 0 to 1", R"(,"finish_reason":"length")") + "data: [DONE]\n\n"), kInvalid,
     kCut},
    {"stream that breaks off", stream (chunk ("From 0 to 1")), kPasses,
     "HTTP status 200 with an error: the stream ended before the answer did"},
    {"stream that breaks off in an event", stream (chunk ("From 0 to 1") + "data: {\"choi"),
     kPasses, "HTTP status 200 with an error: the stream ended before the answer did"},
    {"error in a stream",
     stream (chunk ("From 0 to 1") + "data: {\"error\":{\"code\":400,\"message\":\"lost\"}}\n\n"),
     kFails, "HTTP status 200 with error 400: lost"},
    {"error event", stream ("event: error\ndata: {\"message\":\"lost\"}\n\n"), kPasses,
     "HTTP status 200 with an error: lost"},
    {"stream of status 400", saying (400, "data: {\"error\":{\"message\":\"wrong\"}}\n\n"), kFails,
     "HTTP status 400: wrong"},
    {"done behind JSON", saying (200, kAnswer + "\n\ndata: [DONE]\n\n"), kAnswered},
    {"201", saying (201, kAnswer), kAnswered},
    {"gzip", saying (200, compressed (kAnswer), "Content-Encoding: gzip\r\n"), kAnswered},
    {"202", saying (202, "{}"), kPasses, "HTTP status 202"},
    {"424", LocalServer::error (424, "first"), kPasses, "HTTP status 424: first"},
    {"425", LocalServer::error (425, "early"), kPasses, "HTTP status 425: early"},
    {"498", LocalServer::error (498, "full"), kPasses, "HTTP status 498: full"},
};

const Case kCures[] = {
    {"401", LocalServer::error (401, "who?"), kFails,
     "HTTP status 401: who?; set api-key, or NUMPRO_API_KEY in the environment"},
    {"403", saying (403, ""), kFails,
     "HTTP status 403; set api-key, or NUMPRO_API_KEY in the environment"},
    {"403 country",
     saying (403, R"({"error":{"message":"Country, region, or territory not supported"}})"), kFails,
     "HTTP status 403: Country, region, or territory not supported; the server refuses where the "
     "request comes from, not the key"},
    {"403 time-out", saying (403, "Proxy timed out"), kFails,
     "HTTP status 403: Proxy timed out; something before the server refuses it, not the key: a "
     "proxy, a firewall"},
    {"403 other", saying (403, "Not today"), kFails,
     "HTTP status 403: Not today; the server may refuse something else than the key"},
    {"404 model", LocalServer::error (404, "The model `m` does not exist."), kFails,
     "HTTP status 404: The model `m` does not exist; set model to one that the server has"},
    {"405", saying (405, ""), kFails,
     "HTTP status 405; set endpoint to the base of the server's API, which most often ends in /v1"},
    {"redirect",
     saying (308, "", "Location: https://u:p@api.example.com/v2/chat/completions?key=s#f\r\n"),
     kFails,
     "HTTP status 308: the server sends elsewhere; set endpoint to https://api.example.com/v2"},
    {"max_tokens",
     LocalServer::error (400,
                         "Unsupported parameter: 'max_tokens' is not supported with this "
                         "model. Use 'max_completion_tokens' instead."),
     kFails,
     "HTTP status 400: Unsupported parameter: 'max_tokens' is not supported with this model. Use "
     "'max_completion_tokens' instead; put max_completion_tokens in place of max_tokens into "
     "request-options"},
    {"temperature",
     LocalServer::error (400,
                         "Unsupported value: 'temperature' does not support 0 with this model."),
     kFails,
     "HTTP status 400: Unsupported value: 'temperature' does not support 0 with this model; take "
     "temperature out of request-options"},
    {"insufficient_quota",
     saying (429, R"({"error":{"message":"You exceeded your current quota",)"
                  R"("code":"insufficient_quota"}})"),
     kFails, "HTTP status 429: You exceeded your current quota"},
    {"no mmproj",
     LocalServer::error (500,
                         "image input is not supported - hint: you may need to provide the "
                         "mmproj"),
     kFails,
     "HTTP status 500: image input is not supported - hint: you may need to provide the mmproj; set "
     "model to one that takes images; llama.cpp wants --mmproj for them"},
    {"retry in the body", LocalServer::error (429, "Quota exceeded. Please retry in 0.02s."),
     kPasses, "HTTP status 429: Quota exceeded. Please retry in 0.02s"},
};

struct Run {
  AskResult result;
  int requests;
};

// Asks about a batch; the server replies to the first request so, and to all others if it does not
// get better.
Run ask_one (const std::string &reply, bool gets_better)
{
  Counter counter;
  LocalServer server ([&] (const std::string &) {
    return counter.count () == 0 || !gets_better ? reply : LocalServer::completion (kWhole);
  });
  Told told;
  {
    ModelClient client (options_for (server.url ()));
    told.ask (client, 0, 2);
    told.wait_for (1);
  }
  return {AskResult (std::move (const_cast<AskResult &> (told.results ().at (0)))),
          counter.total ()};
}

void require_answer (const Case &one, bool is_valid, int requests)
{
  const Run run = ask_one (one.reply, true);
  fail_unless_in_loop (run.result.answer != nullptr, "%s: %s", one.name,
                       run.result.problem.c_str ());
  const std::string words = problems_of (run.result.answer.get ());
  fail_unless_in_loop (gst_numpro_answer_get_valid (run.result.answer.get ()) == is_valid,
                       "%s: '%s'", one.name, words.c_str ());
  fail_unless_in_loop (is_valid || words == one.words, "%s: '%s'", one.name, words.c_str ());
  fail_unless_in_loop (run.requests == requests, "%s: %d requests", one.name, run.requests);
}

void require_failure (const Case &one, int requests, const std::string &more)
{
  const Run run = ask_one (one.reply, false);
  fail_unless_in_loop (!run.result.answer, "%s", one.name);
  fail_unless_in_loop (run.result.problem == one.words + more, "%s: '%s'", one.name,
                       run.result.problem.c_str ());
  fail_unless_in_loop (run.requests == requests, "%s: %d requests", one.name, run.requests);
}

void require_fate (const Case &one)
{
  switch (one.fate) {
    case kAnswered:
      return require_answer (one, true, 1);
    case kInvalid:
      return require_answer (one, false, 1);
    case kFails:
      return require_failure (one, 1, "");
    case kPasses:
      require_answer (one, true, 2);
      require_failure (one, 3, " (after 3 attempts)");
  }
}

}  // namespace

GST_START_TEST (test_endings)
{
  for (const Case &one : kEndings)
    require_fate (one);
}
GST_END_TEST

GST_START_TEST (test_errors_inside)
{
  for (const Case &one : kErrorsInside)
    require_fate (one);
}
GST_END_TEST

GST_START_TEST (test_words)
{
  for (const Case &one : kWords)
    require_fate (one);
}
GST_END_TEST

GST_START_TEST (test_wrapped)
{
  for (const Case &one : kWrapped)
    require_fate (one);
}
GST_END_TEST

GST_START_TEST (test_cures)
{
  for (const Case &one : kCures)
    require_fate (one);
}
GST_END_TEST

GST_START_TEST (test_routes)
{
  const struct {
    const char *url, *cure;
  } kRoutes[] = {
      {"http://localhost:8000/chat/completions", "endpoint may want /v1 at its end"},
      {"http://localhost:8000/v1/chat/completions/chat/completions",
       "set endpoint without /chat/completions at its end"},
      {"http://localhost:8000/v1/models/chat/completions",
       "set endpoint to the base of the server's API, which most often ends in /v1"},
  };
  for (const auto &one : kRoutes) {
    const std::string cure = cure_of (Refusal::kNoRoute, 404, one.url);
    fail_unless (cure == one.cure, "%s: %s", one.url, cure.c_str ());
  }
}
GST_END_TEST

// Words that look like those of a lasting refusal, and are not.
GST_START_TEST (test_refusals)
{
  const struct {
    long status;
    const char *words;
    Refusal refusal;
  } kRefusals[] = {
      {500, "the request took too long", Refusal::kNone},
      {504, "upstream: context length", Refusal::kNone},
      {500, "in this context, successfully", Refusal::kNone},
      {500, "llama runner process has terminated: error loading model", Refusal::kNone},
      {500, "llm server loading model", Refusal::kLoading},
      {429, "you exceeded your current quota, please retry in 37.2s", Refusal::kNone},
      {429, "rate limit reached for images per minute", Refusal::kNone},
      {400, "could not decode the image", Refusal::kNone},
      {400, "'max_tokens' or 'max_completion_tokens' is too large: 8192", Refusal::kSize},
      {400, "prompt is too long: 200000 tokens > 199999 maximum", Refusal::kSize},
      {422, "input should be a valid string", Refusal::kNone},
      {403, "you do not have access to this model.", Refusal::kKey},
      {403, "your country is not served", Refusal::kCountry},
      {403, "unsupported region", Refusal::kCountry},
      {404, "model 'm' not found", Refusal::kNoModel},
      {404, "no endpoints found that support image input", Refusal::kNoImages},
      {400, "m is not a valid model id", Refusal::kNoModel},
  };
  for (const auto &one : kRefusals)
    fail_unless (refusal_of (one.status, one.words) == one.refusal, "%s: %d", one.words,
                 static_cast<int> (refusal_of (one.status, one.words)));
}
GST_END_TEST

GST_START_TEST (test_request)
{
  std::string seen;
  LocalServer server ([&] (const std::string &request) {
    seen = request;
    return LocalServer::completion (kWhole);
  });
  Told told;
  {
    ModelClient client (options_for (server.url ()));
    told.ask (client, 0, 2);
    told.wait_for (1);
  }
  for (const char *part : {"\"stream\":false", "User-Agent: gst-numpro/", "Accept-Encoding: "})
    fail_unless (seen.find (part) != std::string::npos, "%s", part);
}
GST_END_TEST

GST_START_TEST (test_bomb)
{
  // Some kilobytes that become more than any reply may have.
  const std::string bomb = compressed (std::string (9 << 20, ' '));
  fail_unless (bomb.size () < 20'000);
  const Run run = ask_one (saying (200, bomb, "Content-Encoding: gzip\r\n"), false);
  fail_unless (run.result.failure == AskFailure::kReply);
  fail_unless_equals_string (run.result.problem.c_str (), "the reply is larger than 8 MiB");
  fail_unless_equals_int (run.requests, 1);
}
GST_END_TEST

static Suite *servers_suite ()
{
  Suite *suite = suite_create ("servers");
  TCase *tcase = tcase_create ("servers");
  tcase_set_timeout (tcase, 100);
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_endings);
  tcase_add_test (tcase, test_errors_inside);
  tcase_add_test (tcase, test_words);
  tcase_add_test (tcase, test_wrapped);
  tcase_add_test (tcase, test_cures);
  tcase_add_test (tcase, test_routes);
  tcase_add_test (tcase, test_refusals);
  tcase_add_test (tcase, test_request);
  tcase_add_test (tcase, test_bomb);
  return suite;
}

GST_CHECK_MAIN (servers)
