/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/askingpipeline.h"
#include "tests/support/loopcheck.h"
#include "tests/support/readerprocess.h"

// One fault of the stand-in for a model, and what it is to come to.

// One for all tests: it takes its time to start. Not an object, which would end it in every process
// that a test runs in.
inline ReaderProcess *reader = nullptr;

inline void start_reader ()
{
  reader = new ReaderProcess;
}

inline void stop_reader ()
{
  delete reader;
}

inline std::string line_for (const std::string &properties, int frames = 4)
{
  return "videotestsrc pattern=blue num-buffers=" + std::to_string (frames) +
         " ! video/x-raw,format=I420,width=640,height=360 ! numproverlay ! numprosink name=sink "
         "max-edge=336 leaky-type=none batch-size=4 retry-backoff-factor=0.001 retries=2 " +
         properties;
}

inline std::string asking (const std::string &fault)
{
  return "question=\"the screen is blue\" endpoint=" + reader->endpoint () +
         " model=numpro-reader+" + fault + " ";
}

using Spans = std::vector<std::pair<guint64, guint64>>;

enum class Outcome { kValid, kInvalid, kFailed };
using enum Outcome;

struct Case {
  const char *fault;
  Outcome outcome;
  const char *reason;  // of the failure; empty where there is an answer
  // All of the failure's message, or of the answer's problems. A * stands for what is not the same
  // each time; behind || is what newer versions of libcurl say.
  const char *words;
  guint requests;  // sent for it
  const char *more = "";
};

inline void require_words (const Case &one, const std::string &words)
{
  const std::string expected = one.words;
  constexpr std::string_view kOr = "||";
  const std::size_t bar = expected.find (kOr);
  const auto is_said = [&] (const std::string &pattern) {
    return g_pattern_match_simple (pattern.c_str (), words.c_str ());
  };
  fail_unless (is_said (expected.substr (0, bar)) ||
                   (bar != std::string::npos && is_said (expected.substr (bar + kOr.size ()))),
               "%s: '%s'", one.fault, words.c_str ());
}

// Whether nobody answers there, whatever the question.
inline bool is_away (const Case &one)
{
  const std::string reason = one.reason, words = one.words;
  const bool is_servers =
      words.starts_with ("HTTP status 5") || words.starts_with ("HTTP status 200 with error 5");
  return reason == "network" || reason == "timeout" || reason == "tls" ||
         (is_servers && one.requests > 1);
}

inline void require_loss (const Case &one, const AskingPipeline &pipeline)
{
  const auto lost = pipeline.lost_questions ();
  fail_unless (lost.size () == 1 && pipeline.answers ().empty (), "%s: not lost", one.fault);
  fail_unless (lost[0].reason == one.reason, "%s: %s", one.fault, lost[0].reason.c_str ());
  require_words (one, lost[0].message);
  fail_unless (lost[0].numbers == (std::vector<guint64>{0, 1, 2, 3}), "%s", one.fault);
  fail_unless_equals_uint64 (pipeline.counts ().failed, 1);
  // A loss is told once to people, too; one that any question would have, as the server's.
  fail_unless (pipeline.warnings ().size () == 1, "%s: %d warnings", one.fault,
               static_cast<int> (pipeline.warnings ().size ()));
  const std::string warning =
      is_away (one)
          ? "The server is away: " + lost[0].message + "; questions are lost until it is back."
          : "The question about batch 0 was lost: " + lost[0].message + ".";
  fail_unless (pipeline.warnings ()[0] == warning, "%s", pipeline.warnings ()[0].c_str ());
  fail_unless (pipeline.servers ().size () == is_away (one), "%s", one.fault);
}

inline void require_answer (const Case &one, const AskingPipeline &pipeline)
{
  fail_unless (pipeline.answers ().size () == 1, "%s: no answer", one.fault);
  const ToldAnswer &answer = pipeline.answers ()[0];
  require_words (one, answer.problems);
  const bool is_valid = one.outcome == kValid;
  fail_unless (
      answer.valid == is_valid && answer.found == is_valid && answer.spans.empty () == !is_valid,
      "%s: '%s', valid %d", one.fault, answer.text.c_str (), answer.valid);
  fail_unless_equals_int (static_cast<int> (answer.attempts), static_cast<int> (one.requests));
  fail_unless_equals_uint64 (pipeline.counts ().answered, 1);
  fail_unless (pipeline.warnings ().empty () && pipeline.losses ().empty (), "%s", one.fault);
}

inline void require_fate (const Case &one)
{
  AskingPipeline pipeline (line_for (asking (one.fault) + one.more));
  pipeline.run ();
  pipeline.require_exact ();
  fail_unless (pipeline.errors ().empty ());
  const AskingCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.questions, 1);
  fail_unless (now.retries + 1 == one.requests, "%s: %d requests", one.fault,
               static_cast<int> (now.retries + 1));
  if (one.outcome == kFailed)
    require_loss (one, pipeline);
  else
    require_answer (one, pipeline);
}
