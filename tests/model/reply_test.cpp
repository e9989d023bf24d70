/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What servers answer.
//
// test_completions: an answer not found where servers put it, or something else taken for one.
// test_broken: a broken reply that is taken for an answer.
// test_deep: a reply that overruns the stack.
// test_errors: an error whose reason is not told, told in many lines, or with the whole body.
// test_secret: a key in what is told of an error, whole or cut.
// test_usage: what some of several requests cost left out, or counted twice.
// test_image_limit: a limit on images not understood, or something else taken for one.

#include "lib/model/chatreply.h"
#include "lib/model/errorwords.h"
#include "lib/model/imagelimit.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

HttpReply refusal (long status, const std::string &body)
{
  HttpReply reply;
  reply.outcome = HttpReply::Outcome::kReply;
  reply.status = status;
  reply.body = body;
  return reply;
}

HttpReply refusal_saying (const std::string &message)
{
  return refusal (400, R"({"error":{"message":")" + message + R"(","code":400}})");
}

}  // namespace

GST_START_TEST (test_completions)
{
  const ChatReply plain = read_chat_reply (
      R"({"id":"x","model":"m-1","choices":[{"index":0,"finish_reason":"stop",
          "message":{"role":"assistant","content":"From 3 to 9"}}],
          "usage":{"prompt_tokens":10,"completion_tokens":5}})");
  fail_unless (plain.problem.empty () && plain.text == "From 3 to 9" && plain.model == "m-1");
  fail_unless (plain.usage == R"({"prompt_tokens":10,"completion_tokens":5})", "%s",
               plain.usage.c_str ());
  fail_if (plain.ending != Ending::kWhole || plain.is_refused || plain.is_reasoning);

  const ChatReply parts = read_chat_reply (
      R"({"choices":[{"message":{"content":[{"type":"text","text":"From 3 "},
          {"type":"other"},{"type":"text","text":"to 9"}]}}]})");
  fail_unless (parts.text == "From 3 to 9" && parts.usage.empty ());

  for (const char *name : {"reasoning_content", "reasoning"}) {
    const ChatReply thought =
        read_chat_reply (std::string (R"({"choices":[{"finish_reason":"length","message":{")") +
                         name + R"(":"I see","content":null}}]})");
    fail_unless (thought.is_reasoning && thought.ending == Ending::kCut && thought.text == "I see");
  }
  const ChatReply empty = read_chat_reply (R"({"choices":[{"message":{"content":" "}}]})");
  fail_unless (empty.problem.empty () && empty.text.empty () && !empty.is_reasoning);
}
GST_END_TEST

GST_START_TEST (test_broken)
{
  for (const char *body :
       {"", "<html>busy</html>", "null", "[]", "42", R"({"choices":[]})", R"({"choices":{}})",
        R"({"choices":[7]})", R"({"choices":[{"message":"text"}]})", R"({"choices":[{}]})",
        R"({"choices":[{"message":{"content":"From 3)",
        "{\"choices\":[{\"message\":{\"content\":\"\xff\xfe\"}}]}"})
    fail_if (read_chat_reply (body).problem.empty (), "%s", body);
  const ChatReply failed = read_chat_reply (R"({"error":{"message":"out of memory"}})");
  fail_unless (failed.problem.find ("out of memory") != std::string::npos);
}
GST_END_TEST

GST_START_TEST (test_deep)
{
  for (const std::string opening : {"[", "{\"a\":", "[\"\\\"\","}) {
    std::string deep;
    while (deep.size () < 1'000'000)
      deep += opening;
    fail_if (read_chat_reply (deep).problem.empty ());
    fail_unless (error_message (refusal (500, deep)) == "HTTP status 500");
  }
  // In a text these are nothing.
  const std::string text =
      R"({"choices":[{"message":{"content":"\")" + std::string (1000, '[') + R"("}}]})";
  fail_unless (read_chat_reply (text).text == "\"" + std::string (1000, '['));
}
GST_END_TEST

GST_START_TEST (test_errors)
{
  for (const char *body :
       {R"({"error":{"message":"no such model"}})", R"({"error":{"message":"no such model."}})",
        R"({"error":"no such model"})", R"({"message":"no such model"})",
        R"({"detail":"no such model"})", R"([{"error":{"message":"no such model"}}])"}) {
    const std::string message = error_message (refusal (404, body));
    fail_unless (message == "HTTP status 404: no such model", "%s", message.c_str ());
  }
  fail_unless (error_message (refusal (502, "<html>")) == "HTTP status 502");
  const std::string lines = error_message (refusal_saying ("one\\ntwo"));
  fail_unless (lines.find ('\n') == std::string::npos);
  const std::string lengthy = error_message (refusal_saying (std::string (100'000, 'x')));
  fail_unless (lengthy.size () < 400);
  HttpReply broken;
  broken.outcome = HttpReply::Outcome::kUnreachable;
  broken.problem = "connection refused";
  fail_unless (error_message (broken) == "connection refused");
}
GST_END_TEST

GST_START_TEST (test_secret)
{
  const std::string key = "sk-canary/1";
  for (const std::string &said :
       {key, key + key, "No " + key + "!", std::string (295, 'x') + key}) {
    // As some libraries write a slash.
    std::string escaped = said;
    for (std::size_t at = 0; (at = escaped.find ('/', at)) != std::string::npos; at += 2)
      escaped.insert (at, "\\");
    for (const std::string &text : {said, escaped}) {
      const HttpReply reply = refusal_saying (text);
      for (const std::string &told :
           {error_message (reply, {key}), read_chat_reply (reply.body, {key}).problem})
        fail_unless (
            told.find ("***") != std::string::npos && told.find ("canary") == std::string::npos,
            "%s", told.c_str ());
    }
  }
  fail_unless (error_message (refusal_saying ("No key"), {""}).ends_with ("No key"));
  // A value of several words, in several lines.
  fail_unless (error_message (refusal_saying ("Not a\\nb\\nc."), {"a b c"}).ends_with ("Not ***"));
}
GST_END_TEST

GST_START_TEST (test_usage)
{
  const struct {
    const char *one, *other, *sum;
  } kSums[] = {
      {"", "", ""},
      {R"({"total_tokens":7})", "", R"({"total_tokens":7})"},
      {"", R"({"total_tokens":7})", R"({"total_tokens":7})"},
      {R"({"prompt_tokens":100,"total_tokens":107})", R"({"prompt_tokens":50,"total_tokens":55})",
       R"({"prompt_tokens":150,"total_tokens":162})"},
      {R"({"a":1,"details":{"cached":3,"audio":null}})",
       R"({"a":2,"details":{"cached":4,"audio":5},"b":6})",
       R"({"a":3,"details":{"cached":7,"audio":5},"b":6})"},
      {R"({"cost":0.25,"a":1,"tier":"x","list":[1]})",
       R"({"cost":0.5,"a":"1","tier":2,"list":[2]})",
       R"({"cost":0.75,"a":1,"tier":"x","list":[1]})"},
      {R"({"a":9223372036854775807})", R"({"a":1})", R"({"a":9.223372036854776e+18})"},
      {R"({"a":1})", R"({"a":0.5})", R"({"a":1.5})"},
      {R"({"a":{}})", R"({"a":1})", R"({"a":{}})"},
  };
  for (const auto &one : kSums) {
    const std::string sum = add_usage (one.one, one.other);
    fail_unless (sum == one.sum, "%s and %s: %s", one.one, one.other, sum.c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_image_limit)
{
  const struct {
    const char *message;
    unsigned limit;
  } kMessages[] = {
      {"At most 4 image(s) may be provided in one prompt.", 4},
      {"Too many images provided. This model supports up to 5 images", 5},
      {"Too many images in request: limit is 8", 8},
      {"A maximum of 12 images is allowed per request.", 12},
      {"The number of images is limited to: 3", 3},
      {"Each image may have at most 20 MB", 0},
      {"At most 4096 tokens may be used by 32 images", 0},
      {"Invalid image", 0},
      {"model not found", 0},
      {"Image count 8 exceeds limit 3 per request.", 3},
      {"messages: too many images and documents: 120 + 0 > 100", 100},
      {"Too much media: 0 document pages + 102 images > 100", 100},
      {"this model only supports one image while more than one image requested", 1},
      {"You set image=1 (or defaulted to 1) in `--limit-mm-per-prompt`, but passed 2 image items",
       1},
      {"The number of images (8) exceeds the maximum of 4", 4},
      {"Too many images: 20 MB at most", 0},
      {"Too many images: no more than 20 MB", 0},
      {"Image size exceeds the limit of 20 MB", 0},
  };
  for (const auto &one : kMessages) {
    const std::string words = searchable_words (refusal_saying (one.message).body);
    const unsigned found = named_image_limit (words).value_or (0);
    fail_unless (found == one.limit, "%s: %u", one.message, found);
  }
}
GST_END_TEST

static Suite *reply_suite ()
{
  Suite *suite = suite_create ("reply");
  TCase *tcase = tcase_create ("reply");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_completions);
  tcase_add_test (tcase, test_broken);
  tcase_add_test (tcase, test_deep);
  tcase_add_test (tcase, test_errors);
  tcase_add_test (tcase, test_secret);
  tcase_add_test (tcase, test_usage);
  tcase_add_test (tcase, test_image_limit);
  return suite;
}

GST_CHECK_MAIN (reply)
