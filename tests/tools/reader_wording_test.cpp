/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What the stand-in for a model makes of words, without images and server.
//
// test_questions: a prompt misunderstood: the instruction's red taken for the question's, a hint
//   how to answer taken for a question.
// test_answers: spans in another order than that of numbers, or parted where a number is missing;
//   an event denied where no number can be read.
// test_schemas: JSON that does not fit the schema that was sent.
// test_requests: bad requests taken for good ones, labels that tell what is to be read from pixels.
// test_restatements: an answer of its own that it does not understand, or understands otherwise.
// test_fault_names: names that are read other than they are written.
// test_plan: faults in another order, or another mixture, than was asked for.

#include <cmath>
#include <map>

#include "tests/support/loopcheck.h"
#include "tools/reader/answer.h"
#include "tools/reader/faultplan.h"
#include "tools/reader/json.h"
#include "tools/reader/restatement.h"
#include "tools/reader/schemafiller.h"

using namespace reader;

namespace {

constexpr char kInstruction[] = "The red numbers on each frame represent the frame number.";

Question question_from (const std::string &text, const std::string &instruction = kInstruction)
{
  CompletionRequest request;
  request.instruction = instruction;
  request.question = text;
  return Question::from (request);
}

std::string color_of (const Question &question)
{
  return question.color ? std::string (named_colors ()[*question.color].name) : "none";
}

FrameAnalysis frame_with (guint64 number, const char *color, double share = 1)
{
  FrameAnalysis frame;
  frame.number = number;
  frame.shares[*find_named_color (color)] = share;
  return frame;
}

std::string filled (const std::string &schema, const Answer &answer)
{
  return fill_schema (parse_json (schema), answer);
}

void expect (const std::string &text, const std::string &expected)
{
  fail_unless (text == expected, "not %s but %s", expected.c_str (), text.c_str ());
}

std::string body (const std::string &messages, const std::string &more = "")
{
  return "{\"model\":\"m\",\"messages\":" + messages + more + "}";
}

}  // namespace

GST_START_TEST (test_questions)
{
  using Task = Question::Task;
  const struct {
    const char *text, *color;
    double least_share;
    Task task;
    bool wants_ends;
  } kCases[] = {
      {"During which frames can we see the screen is blue?", "blue", 0.5, Task::kMoment, false},
      {"During which frames can we see something green?", "green", 0.01, Task::kMoment, false},
      {"During which frames can we see a dog?", "none", 0, Task::kMoment, false},
      {"When is there a violet car? During which frames can we see it?", "purple", 0.01,
       Task::kMoment, false},
      {"During which frames can we see a red bar? Answer in the form \"From x to y\", where x is the "
       "first and y the last frame number; if it is never visible, answer \"Not visible\".",
       "red", 0.01, Task::kMoment, false},
      {"During which frames can we see a red bar? At the end write the first and the last number "
       "that you can see on any of the frames, in the form \"Numbers seen: a to b\".",
       "red", 0.01, Task::kMoment, true},
      {"Please find the highlight contents in the video described by the query something orange. "
       "Determine the highlight frames and its saliency score on a scale from 1 to 5.",
       "orange", 0.01, Task::kHighlight, false},
      {"Describe what happens in these frames.", "none", 0, Task::kDescribe, false},
      {"Which numbers do you see, in the order of the images? Answer with the numbers only, separated "
       "by commas.",
       "none", 0, Task::kNumbers, false},
  };
  for (const auto &expected : kCases) {
    const Question question = question_from (expected.text);
    expect (color_of (question), expected.color);
    fail_unless (!question.color || question.least_share == expected.least_share, "%s",
                 expected.text);
    fail_unless (question.task == expected.task, "%s", expected.text);
    fail_unless (question.wants_ends == expected.wants_ends, "%s", expected.text);
    fail_unless (question.look.ink.r == 255 && question.look.ink.g == 0);
  }
  // All in one text.
  const Question one = question_from (
      "", std::string (kInstruction) + " During which frames can we see something blue?");
  expect (color_of (one), "blue");

  const Question look =
      question_from ("During which frames can we see something red?",
                     "The numbers at the top left of each frame, drawn in the color #1080ff, "
                     "represent the frame number.");
  fail_unless (look.look.ink.r == 0x10 && look.look.ink.g == 0x80 && look.look.ink.b == 0xff);
  fail_unless (look.look.horizontal == StampLook::Horizontal::kLeft);
  fail_unless (look.look.vertical == StampLook::Vertical::kTop);
}
GST_END_TEST

GST_START_TEST (test_answers)
{
  const Question blue = question_from ("During which frames can we see the screen is blue?");
  const FrameAnalyses mixed = {frame_with (12, "blue"), frame_with (4, "blue"),
                               frame_with (9, "green"), frame_with (3, "blue"),
                               frame_with (2, "red"),   frame_with (6, "blue")};
  expect (Answer::to (blue, mixed).text, "From 3 to 6 and from 12 to 12.");
  expect (Answer::to (blue, {frame_with (1, "blue", 0.49)}).text, "Not visible.");
  expect (Answer::to (blue, {}).text, "I can read no number.");
  const Question something = question_from ("During which frames can we see something blue?");
  expect (Answer::to (something, {frame_with (1, "blue", 0.02)}).text, "From 1 to 1.");

  const Question checked = question_from (
      "During which frames can we see something red? Also write the first and the last number that "
      "you see.");
  expect (Answer::to (checked, mixed).text, "From 2 to 2.\nNumbers seen: 2 to 12");

  const Question highlights =
      question_from ("Please find the highlight contents described by the query something red.");
  expect (Answer::to (highlights,
                      {frame_with (7, "red", 0.1), frame_with (8, "red"), frame_with (9, "blue")})
              .text,
          "The highlight frames are in the 7, 8 frames. Their saliency scores are 1.4, 5.0.");
  expect (Answer::to (highlights, {frame_with (9, "blue")}).text, "Not visible.");
  expect (Answer::to (highlights, {}).text, "I can read no number.");

  const Question describe = question_from ("Describe what happens in these frames.");
  expect (Answer::to (describe,
                      {frame_with (2, "blue"), frame_with (1, "blue"), frame_with (3, "black")})
              .text,
          "From 1 to 2 the screen is mostly blue. From 3 to 3 the screen is mostly black.");
  expect (Answer::to (describe, {}).text, "I can read no number.");

  const Question numbers = question_from ("Which numbers do you see, in the order of the images?");
  expect (Answer::to (numbers, mixed).text, "12, 4, 9, 3, 2, 6");
  expect (Answer::to (numbers, {}).text, "I can read no number.");
  const std::string unknown =
      Answer::to (question_from ("During which frames can we see a dog?"), mixed).text;
  fail_unless (unknown.starts_with ("Sorry, I cannot"), "%s", unknown.c_str ());
}
GST_END_TEST

GST_START_TEST (test_schemas)
{
  const Question blue = question_from ("During which frames can we see something blue?");
  const Answer answer = Answer::to (blue, {frame_with (3, "blue"), frame_with (4, "blue", 0.25),
                                           frame_with (6, "red"), frame_with (8, "blue")});
  const Answer nothing = Answer::to (blue, {});

  const std::string span =
      R"({"type":"object","properties":{"first":{"type":"integer"},"last":{"type":"integer"}}})";
  const std::string moment =
      R"({"type":"object","properties":{"found":{"type":"boolean"},"spans":)"
      R"({"type":"array","items":)" +
      span + R"(},"first_seen":{"type":"integer"},"last_seen":{"type":"integer"}}})";
  expect (
      filled (moment, answer),
      R"({"found":true,"spans":[{"first":3,"last":4},{"first":8,"last":8}],"first_seen":3,"last_seen":8})");
  expect (filled (moment, nothing), R"({"found":false,"spans":[],"first_seen":-1,"last_seen":-1})");

  const std::string pairs =
      R"({"type":"object","properties":{"segments":{"type":"array","items":{"type":"array","items":{"type":"integer"}}}}})";
  expect (filled (pairs, answer), R"({"segments":[[3,4],[8,8]]})");

  const std::string other =
      R"({"type":"object","properties":{"spans":{"type":"array","items":{"type":"object","properties":{"start_frame":{"type":"string"},"end_frame":{"type":["integer","null"]}}}}}})";
  expect (filled (other, answer),
          R"({"spans":[{"start_frame":"3","end_frame":4},{"start_frame":"8","end_frame":8}]})");

  const std::string highlights =
      R"({"type":"object","properties":{"highlights":{"type":"array","items":{"type":"object","properties":{"number":{"type":"integer"},"score":{"type":"number"}}}}}})";
  expect (
      filled (highlights, answer),
      R"({"highlights":[{"number":3,"score":5.0},{"number":4,"score":2.0},{"number":8,"score":5.0}]})");

  const std::string description =
      R"({"type":"object","properties":{"description":{"type":"string"},"numbers":{"type":"array","items":{"type":"integer"}}}})";
  const Answer described =
      Answer::to (question_from ("Describe what happens in these frames."),
                  {frame_with (1, "blue"), frame_with (2, "blue"), frame_with (5, "red")});
  expect (
      filled (description, described),
      R"({"description":"From 1 to 2 the screen is mostly blue. From 5 to 5 the screen is mostly red.","numbers":[1,2,5]})");
}
GST_END_TEST

GST_START_TEST (test_requests)
{
  const char *bad[] = {
      "",
      "{",
      "[]",
      "\xff\xfe",
      R"({"messages":[]})",
      R"({"model":7,"messages":[]})",
      R"({"model":"m"})",
      R"({"model":"m","messages":[]})",
      R"({"model":"m","messages":[7]})",
      R"({"model":"m","messages":[{"content":"x"}]})",
      R"({"model":"m","messages":[{"role":"user","content":7}]})",
      R"({"model":"m","messages":[{"role":"user","content":[{"type":"video_url"}]}]})",
      R"({"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":"x"}]}]})",
      R"({"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.jpg"}}]}]})",
      R"({"model":"m","messages":[{"role":"user","content":"x"}],"stream":true})",
      R"({"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema"}})",
      R"({"model":"m","messages":[{"role":"user","content":"x"}],} // no JSON)",
  };
  for (const char *text : bad) {
    const auto parsed = CompletionRequest::parse (text);
    const std::string *problem = std::get_if<std::string> (&parsed);
    fail_unless (problem && !problem->empty (), "%s was taken", text);
  }
  const std::string deep = body (R"([{"role":"user","content":"x"}])",
                                 ",\"x\":" + std::string (100000, '[') + std::string (100000, ']'));
  fail_if (std::holds_alternative<CompletionRequest> (CompletionRequest::parse (deep)));

  // "eA==" is an "x".
  const std::string image =
      R"({"type":"image_url","image_url":{"url":"data:image/jpeg;base64,eA=="}})";
  const auto parsed = CompletionRequest::parse (body (
      R"([{"role":"system","content":"system"},{"role":"user","content":[)"
      R"({"type":"text","text":"before"},{"type":"text","text":"Frame 7"},)" +
      image + R"(,{"type":"text","text":"<Frame 3 to Frame 9>"},)" + image +
      R"(,{"type":"text","text":"Frame 8"},)" + image + R"(,{"type":"text","text":"after"}]}])"));
  const auto *request = std::get_if<CompletionRequest> (&parsed);
  fail_unless (request != nullptr);
  expect (request->question, "after\n");
  expect (request->instruction, "system\nbefore\nFrame 7\n");
  fail_unless_equals_int (static_cast<int> (request->images.size ()), 3);
  for (const bool is_first : {true, false})
    expect (request->images[is_first ? 0 : 2].jpeg, "x");
  fail_unless (!request->images[0].is_sheet && request->images[1].is_sheet &&
               !request->images[2].is_sheet);
}
GST_END_TEST

GST_START_TEST (test_fault_names)
{
  for (const char *name : {"none", "hang", "429", "retry-after:7", "image-cap:3", "drip:0"}) {
    const auto fault = Fault::parse (name);
    fail_unless (fault && fault->name () == name, "%s", name);
    fail_unless (Fault::list ().find (fault->name ().substr (0, fault->name ().find (':'))) !=
                 std::string::npos);
  }
  fail_unless (Fault::parse ("retry-after")->argument == 1);
  for (const char *name : {"", "Hang", "hang:3", "retry-after:", "retry-after:x", "drip:-1", "200"})
    fail_if (Fault::parse (name).has_value (), "%s", name);
}
GST_END_TEST

GST_START_TEST (test_plan)
{
  FaultPlan plan (7);
  fail_unless (plan.next () == Fault{});
  fail_unless (plan.add_script ("429,none,retry-after:3").empty ());
  fail_unless (plan.set_mixture ("none=6,hang=3,500").empty ());
  for (const char *name : {"429", "none", "retry-after:3"})
    expect (plan.next ().name (), name);

  FaultPlan same (7);
  fail_unless (same.set_mixture ("none=6,hang=3,500").empty ());
  same.next ();
  std::map<std::string, int> counts;
  FaultPlan other (7);
  fail_unless (other.set_mixture ("none=6,hang=3,500").empty ());
  other.next ();
  for (int i = 0; i < 10000; ++i) {
    const Fault fault = same.next ();
    fail_unless_in_loop (fault == other.next (), "the same seed, but not the same faults");
    ++counts[fault.name ()];
  }
  fail_unless_equals_int (static_cast<int> (counts.size ()), 3);
  fail_unless (std::abs (counts["none"] - 6000) < 300 && std::abs (counts["hang"] - 3000) < 300);

  for (const char *text : {"", "nonsense", "hang,,429", "hang=", "hang=0", "hang=-1", "hang=x"})
    fail_if (plan.set_mixture (text).empty (), "%s", text);
  fail_if (plan.add_script ("429,nonsense").empty ());
}
GST_END_TEST

GST_START_TEST (test_restatements)
{
  const auto restated = [] (const std::string &answer, const char *list, bool invents = false) {
    CompletionRequest request;
    request.instruction = "Asked about frames 0 to 31: something red\nYou answered: " + answer +
                          "\nPut this answer into JSON: {" + list + "}.\n";
    return restate (request, invents).value_or ("none");
  };
  constexpr char kSpans[] = "\"spans\"", kScores[] = "\"highlights\": \"score\"";
  expect (restated ("It comes in at 3 and is there as late as 9.", kSpans),
          R"({"spans":[{"first":3,"last":9}],"never":false,"cannot_tell":false})");
  expect (restated ("From 3 to 9 and from 12 to 14.", kSpans),
          R"({"spans":[{"first":3,"last":9},{"first":12,"last":14}],"never":false,)"
          R"("cannot_tell":false})");
  expect (restated ("Not visible.", kSpans), R"({"spans":[],"never":true,"cannot_tell":false})");
  expect (restated ("I can read no number.", kSpans),
          R"({"spans":[],"never":false,"cannot_tell":true})");
  expect (
      restated ("The highlight frames are in the 7, 8 frames. Their saliency scores are 1.4, 5.0.",
                kScores),
      R"({"highlights":[{"number":7,"score":1.4},{"number":8,"score":5.0}],"never":false,)"
      R"("cannot_tell":false})");
  fail_unless (restated ("From 3 to 9.", kSpans, true).find ("777777") != std::string::npos);
  CompletionRequest other;
  other.instruction = "During which frames can we see something red?";
  fail_if (restate (other, false));

  Answer answer;
  answer.spans = {{3, 9}, {12, 14}};
  expect (restated (in_prose (answer), kSpans), restated ("3 to 9, 12 to 14", kSpans));
  expect (restated (in_prose (Answer ()), kSpans), restated ("Not visible", kSpans));
}
GST_END_TEST

static Suite *wording_suite ()
{
  Suite *suite = suite_create ("wording");
  TCase *tcase = tcase_create ("wording");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_questions);
  tcase_add_test (tcase, test_answers);
  tcase_add_test (tcase, test_schemas);
  tcase_add_test (tcase, test_requests);
  tcase_add_test (tcase, test_restatements);
  tcase_add_test (tcase, test_fault_names);
  tcase_add_test (tcase, test_plan);
  return suite;
}

GST_CHECK_MAIN (wording)
