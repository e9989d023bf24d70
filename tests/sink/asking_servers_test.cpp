/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Servers in their own words, by numpro-reader.
//
// test_servers: a reply that is taken for something else than what it says.
// test_adapted: a server that takes less given up, asked in vain with every batch, or its parts not
//   counted or told.
// test_loading: a server that loads its model given up, with no retries left.

#include <algorithm>

#include "faultcase.h"

namespace {

// As servers really send them. That each is read is tested without a pipeline; this is about what
// the stand-in says.
const Case kServers[] = {
    {"finish:end_turn", kValid, "", "", 1},
    {"finish:MAX_TOKENS", kInvalid, "",
     "It was cut at the limit on tokens; raise max_tokens in request-options.", 1},
    {"finish:SAFETY", kInvalid, "", "It was cut by the server's content filter (SAFETY).", 1},
    {"finish", kFailed, "http",
     "HTTP status 200 with an error: the answer ended with finish_reason \"abort\" (after 3 "
     "attempts)",
     3},
    {"refusal", kInvalid, "", "The model refuses to answer.", 1},
    {"201", kValid, "", "", 1},
    {"sse", kValid, "", "", 1},
    {"sse-cut", kFailed, "http", "*the stream ended before the answer did (after 3 attempts)", 3},
    {"sse-error", kFailed, "http",
     "HTTP status 200 with error 502: The provider broke off (after 3 attempts)", 3},
    {"json-then-done", kValid, "", "", 1},
    {"gzip", kValid, "", "", 1},
    {"schema-ignored", kValid, "", "", 1, "answer-format=json"},
    {"error-in-200", kFailed, "http",
     "HTTP status 200 with error 429: Provider returned error (after 3 attempts)", 3},
    {"error-in-200:400", kFailed, "http", "HTTP status 200 with error 400: Provider returned error",
     1},
    {"error-in-choice", kFailed, "http",
     "HTTP status 200 with error 502: The provider broke off (after 3 attempts)", 3},
    {"202", kFailed, "http", "HTTP status 202 (after 3 attempts)", 3},
    {"424", kFailed, "http",
     "HTTP status 424: a part that is needed is not there (after 3 attempts)", 3},
    {"425", kFailed, "http", "HTTP status 425: too early (after 3 attempts)", 3},
    {"498", kFailed, "http", "HTTP status 498: no capacity (after 3 attempts)", 3},
    {"html-error", kFailed, "http", "HTTP status 502: 502 Bad Gateway (after 3 attempts)", 3},
    {"retry-in-body:400", kFailed, "http", "*; the server asked to wait 400 s, which is longer *",
     1},
    {"rate-limit-reset:400", kFailed, "http",
     "*; the server asked to wait 400 s, which is longer *", 1},
    {"quota", kFailed, "http",
     "HTTP status 429: You exceeded your current quota, please check your plan", 1},
    {"no-images", kFailed, "http", "*; set model to one that takes images; *", 1},
    {"context-full", kFailed, "http",
     "HTTP status 500: context full; lower max-edge or batch-size, or set layout=grid", 1},
    {"max-tokens", kFailed, "http", "*; put max_completion_tokens in place of max_tokens *", 1},
    {"temperature", kFailed, "http", "*; take temperature out of request-options", 1},
    {"moderation", kFailed, "http", "*moderation refuses *, not the key", 1},
    {"country", kFailed, "http", "*; the server refuses where the request comes from, not the key",
     1},
    {"blocked", kFailed, "http",
     "HTTP status 403: Attention Required! | Cloudflare; something before the server refuses it, *",
     1},
    {"no-model", kFailed, "http", "*; set model to one that the server has", 1},
    {"not-found", kFailed, "http", "HTTP status 404: Not Found; set endpoint to *", 1},
    {"redirect", kFailed, "http",
     "HTTP status 308: the server sends elsewhere; set endpoint to https://api.example.com/v1", 1},
};

// What a batch of eight comes to where all of it is not taken.
const struct Adapted {
  const char *fault;
  guint requests, parts;
  const char *warning;
  const char *more = "";
} kAdapted[] = {
    {"image-cap:3", 4, 3, "The server takes 3 images in a request: *in 3 parts*"},
    {"cap-sglang", 4, 3, "The server takes 3 images *"},
    {"cap-anthropic", 4, 3, "The server takes 3 images *"},
    {"cap-ollama", 9, 8, "The server takes 1 image in a request: *in 8 parts*"},
    {"cap-nim", 4, 3, "The server takes 3 images *"},
    {"cap-openrouter", 4, 3, "The server takes 3 images *"},
    {"cap-500", 4, 3, "The server takes 3 images *"},
    {"cap-in-200", 4, 3, "The server takes 3 images *"},
    {"cap-unnamed", 6, 4, "The server takes 2 images *"},
    {"cap-bytes", 6, 4, "The server takes 2 images *"},
    {"cap-context", 6, 4, "The server takes 2 images *"},
    {"context-full:3", 6, 4, "The server takes 2 images *"},
    {"no-enum", 2, 0, "The server refuses the schema of answers: * bounds in place of lists.",
     "answer-format=json"},
    {"json-mode-only", 3, 0, "* as JSON without a schema.", "answer-format=json"},
    {"no-format", 4, 0, "* in the prompt's words alone.", "answer-format=json"},
    {"grammar", 3, 0, "* as JSON without a schema.", "answer-format=json"},
};

}  // namespace

GST_START_TEST (test_servers)
{
  for (const Case &one : kServers)
    require_fate (one);
}
GST_END_TEST

GST_START_TEST (test_adapted)
{
  for (const Adapted &one : kAdapted) {
    AskingPipeline pipeline (line_for (asking (one.fault) + "batch-size=8 " + one.more, 16));
    pipeline.run ();
    pipeline.require_exact ();
    fail_unless (pipeline.answers ().size () == 2, "%s", one.fault);
    for (const ToldAnswer &answer : pipeline.answers ()) {
      const guint64 first = answer.batch * 8;
      fail_unless (answer.valid && answer.spans == (Spans{{first, first + 7}}), "%s: '%s' %s",
                   one.fault, answer.text.c_str (), answer.problems.c_str ());
    }
    // What is known then is not paid for again.
    const guint later = std::max (one.parts, 1U);
    fail_unless (
        pipeline.answers ()[0].attempts == one.requests && pipeline.answers ()[1].attempts == later,
        "%s: %u and %u requests", one.fault, pipeline.answers ()[0].attempts,
        pipeline.answers ()[1].attempts);
    fail_unless_equals_uint64 (pipeline.counts ().retries, 0);
    fail_unless (pipeline.counts ().parts == 2 * one.parts, "%s", one.fault);
    fail_unless (pipeline.warnings ().size () == 1 &&
                     g_pattern_match_simple (one.warning, pipeline.warnings ()[0].c_str ()),
                 "%s: '%s'", one.fault,
                 pipeline.warnings ().empty () ? "" : pipeline.warnings ()[0].c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_loading)
{
  ReaderProcess process ({"--script=loading,loading"});
  AskingPipeline pipeline (
      line_for ("question=\"the screen is blue\" retries=0 model=numpro-reader endpoint=" +
                process.endpoint ()));
  pipeline.run ();
  pipeline.require_exact ();
  fail_unless (pipeline.answers ().at (0).valid && pipeline.answers ()[0].attempts == 3);
  fail_unless (pipeline.warnings ().empty ());
}
GST_END_TEST

static Suite *asking_servers_suite ()
{
  Suite *suite = suite_create ("asking servers");
  TCase *tcase = tcase_create ("asking servers");
  suite_add_tcase (suite, tcase);
  tcase_add_unchecked_fixture (tcase, start_reader, stop_reader);
  tcase_add_test (tcase, test_servers);
  tcase_add_test (tcase, test_adapted);
  tcase_add_test (tcase, test_loading);
  return suite;
}

GST_CHECK_MAIN (asking_servers)
