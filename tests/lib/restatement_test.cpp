/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Answers that the model was asked back about.
//
// test_need: an answer asked back about that was read, is empty or was cut; one that is not, and
//   could be; a second time.
// test_readings: a restatement read as something else than it says.
// test_invented: a number that the answer does not contain let in; one refused that it contains in
//   other digits, or in words for the beginning and the end.
// test_never: "never" let in for an answer that does not say so, or takes it back; one refused that
//   does.
// test_spans: spans for times, and for a count.
// test_request: a request with images' worth of text; reasoning, which the model has not said.
// test_highlights: scores that the answer does not contain.

#include "gst/numpro/json.h"
#include "tests/support/answertable.h"

#include "tests/support/loopcheck.h"

namespace {

// A batch of numbers 96 to 127, and what is asked about it.
class Asked
{
 public:
  explicit Asked (const char *question = "a red car", GstNumproTask task = GST_NUMPRO_TASK_MOMENT)
      : ledger_ (ledger_of (numbers_from (96, 32))),
        prompt_ (gst_numpro_prompt_new (task, question))
  {
  }

  Owned<GstNumproAnswer> read (const char *text) const
  {
    return Owned<GstNumproAnswer> (gst_numpro_answer_new (prompt_.get (), ledger_.get (), text));
  }

  // Asks back once.
  Owned<GstNumproAnswer> read (const char *text, const char *restatement) const
  {
    Owned<GstNumproAnswer> answer = read (text);
    fail_unless (gst_numpro_answer_needs_restatement (answer.get ()), "%s", text);
    const bool is_valid =
        gst_numpro_answer_restate (answer.get (), prompt_.get (), ledger_.get (), restatement);
    fail_unless (is_valid == gst_numpro_answer_get_valid (answer.get ()));
    fail_unless_equals_string (gst_numpro_answer_get_text (answer.get ()), text);
    fail_unless_equals_string (gst_numpro_answer_get_restatement (answer.get ()), restatement);
    fail_if (gst_numpro_answer_needs_restatement (answer.get ()));
    return answer;
  }

  std::string request_about (const char *text) const
  {
    const Owned<GstNumproAnswer> answer = read (text);
    return Owned<gchar> (
               gst_numpro_answer_make_restatement (answer.get (), prompt_.get (), ledger_.get ()))
        .get ();
  }

 private:
  Owned<GstNumproLedger> ledger_;
  Owned<GstNumproPrompt> prompt_;
};

void expect (GstNumproAnswer *answer, const char *result, GstNumproObstacle obstacle)
{
  fail_unless (result_of (answer) == result && gst_numpro_answer_get_obstacle (answer) == obstacle,
               "%s\n  restated: %s\n  read: %s (%s)", gst_numpro_answer_get_text (answer),
               gst_numpro_answer_get_restatement (answer), result_of (answer).c_str (),
               problems_of (answer).c_str ());
}

constexpr char kSpan[] = R"({"spans": [{"first": 98, "last": 103}], "never": false,
                            "cannot_tell": false})";
constexpr char kNever[] = R"({"spans": [], "never": true, "cannot_tell": false})";
constexpr char kCannotTell[] = R"({"spans": [], "never": false, "cannot_tell": true})";
constexpr char kUnclear[] = "It comes in at 98 and is gone after 103.";

}  // namespace

GST_START_TEST (test_need)
{
  const struct {
    const char *text;
    bool needs;
  } kAnswers[] = {
      {"From 98 to 103", false},
      {"Not visible", false},
      {"From 98 to 200", false},  // what it means is clear
      {"", false},
      {"<think>From 98", false},
      {kUnclear, true},
      {"From 103 to 98", true},
      {"I don't see any frames attached.", true},
      {"I'm sorry, but I can't help with that.", true},
      {"From 3s to 8s", true},
      {R"({"start": 98, "end": 103})", true},
      {R"({"found": true, "spans": []})", true},
  };
  const Asked asked;
  for (const auto &one : kAnswers)
    fail_unless (gst_numpro_answer_needs_restatement (asked.read (one.text).get ()) == one.needs,
                 "%s", one.text);
  const Owned<GstNumproAnswer> cut = asked.read (kUnclear);
  gst_numpro_answer_set_obstacle (cut.get (), GST_NUMPRO_OBSTACLE_CUT, nullptr);
  fail_if (gst_numpro_answer_needs_restatement (cut.get ()));
}
GST_END_TEST

GST_START_TEST (test_readings)
{
  const struct {
    const char *restatement, *result;
    GstNumproObstacle obstacle;
  } kRestatements[] = {
      {kSpan, "98-103", GST_NUMPRO_OBSTACLE_NONE},
      {R"({"spans": [{"first": 98, "last": 103}]})", "98-103", GST_NUMPRO_OBSTACLE_NONE},
      {"```json\n{\"spans\": [{\"first\": 98, \"last\": 103}], \"never\": false}\n```", "98-103",
       GST_NUMPRO_OBSTACLE_NONE},
      {R"(<think>98 to 103?</think>{"spans": [{"first": 98, "last": 103}]})", "98-103",
       GST_NUMPRO_OBSTACLE_NONE},
      {R"({"spans": [{"first": "98", "last": "103"}]})", "98-103", GST_NUMPRO_OBSTACLE_NONE},
      {kNever, "unread", GST_NUMPRO_OBSTACLE_CANNOT_TELL},
      {kCannotTell, "unread", GST_NUMPRO_OBSTACLE_CANNOT_TELL},
      // What is no clear restatement leaves the answer as it was.
      {"", "unread", GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {"From 98 to 103", "unread", GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {R"({"spans": [{"first": 98, "last")", "unread", GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {R"({"spans": []})", "unread", GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {R"({"spans": [{"first": 98, "last": 103}], "never": true})", "unread",
       GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {R"({"spans": [{"first": 98, "last": 103}], "cannot_tell": true})", "unread",
       GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {R"({"spans": [], "never": true, "cannot_tell": true})", "unread",
       GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {R"({"spans": [{"first": 98, "last": 103}], "note": "only partly"})", "unread",
       GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {R"({"spans": [{"first": 98.5, "last": 103}]})", "unread",
       GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
      {R"({"spans": [{"first": 103, "last": 98}]})", "unread", GST_NUMPRO_OBSTACLE_REVERSED},
      {"\xff", "unread", GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD},
  };
  const Asked asked;
  for (const auto &one : kRestatements) {
    const std::string clean = Owned<gchar> (g_utf8_make_valid (one.restatement, -1)).get ();
    expect (asked.read (kUnclear, clean.c_str ()).get (), one.result, one.obstacle);
  }
}
GST_END_TEST

GST_START_TEST (test_invented)
{
  const auto spans = [] (int first, int last) {
    return R"({"spans": [{"first": )" + std::to_string (first) + R"(, "last": )" +
           std::to_string (last) + "}]}";
  };
  const struct {
    const char *text;
    int first, last;
    bool is_refused;
  } kAnswers[] = {
      {kUnclear, 98, 103, false},
      {kUnclear, 98, 104, true},
      {kUnclear, 97, 103, true},
      {kUnclear, 98, 127, true},
      {kUnclear, 9, 103, true},
      {"Zu sehen von Bild 98 bis Bild 103.", 98, 103, false},
      {"من الإطار ٩٨ إلى الإطار ١٠٣", 98, 103, false},
      {"फ्रेम ९८ से १०३ तक", 98, 103, false},
      {"９８番から１０３番まで", 98, 103, false},
      {"It comes in at 00098 and goes at 00103.", 98, 103, false},
      {"It comes in at 98, then stays to the end.", 98, 127, false},
      {"From the beginning until about 103.", 96, 103, false},
      {"The whole time.", 96, 127, false},
      {"Visible at 98.103", 98, 103, false},
      {"It stays to the end.", 98, 127, true},
      {"On and off.", 96, 127, true},
  };
  const Asked asked;
  for (const auto &one : kAnswers) {
    const Owned<GstNumproAnswer> answer =
        asked.read (one.text, spans (one.first, one.last).c_str ());
    const std::string result = std::to_string (one.first) + "-" + std::to_string (one.last);
    expect (answer.get (), one.is_refused ? "unread" : result.c_str (),
            one.is_refused ? GST_NUMPRO_OBSTACLE_INVENTED : GST_NUMPRO_OBSTACLE_NONE);
  }
  // Contained, and not in the batch.
  expect (asked.read ("It comes in at 98 and leaves after 1030.", spans (98, 1030).c_str ()).get (),
          "unread", GST_NUMPRO_OBSTACLE_NO_SUCH_NUMBER);
}
GST_END_TEST

GST_START_TEST (test_never)
{
  const Asked asked;
  for (const char *text : {
           "Sadly, the red car is not visible.",
           "The road lies still. The red car does not appear at any point!",
           "Not visible, as nothing moves",
           "Night falls. Not visible. Would you like to hear of something else?",
       }) {
    expect (asked.read (text, kNever).get (), "never", GST_NUMPRO_OBSTACLE_NONE);
    expect (asked.read (text, R"({"never": true})").get (), "never", GST_NUMPRO_OBSTACLE_NONE);
    expect (asked.read (text, kCannotTell).get (), "unread", GST_NUMPRO_OBSTACLE_CANNOT_TELL);
  }
  for (const char *text : {
           // It sees nothing, does not know, or does not say so.
           "I did not receive any frames.",
           "I was not given anything to look at.",
           "The frames are too blurry to tell",
           "It is unclear whether the red car is there.",
           "Please share the video, then I will look.",
           "I must decline.",
           "I couldn't load the images.",
           "The frames seem to be blank.",
           "There are no frame numbers that I could make out, so not visible.",
           "The pictures failed to load. The red car is not visible.",
           "I could not make anything out; not visible.",
           "I am not sure, not visible.",
           "我看不清楚编号",
           "请提供视频",
           // It is there.
           "Yes, the red car is visible.",
           "The red car is visible throughout.",
           "Visible from frame 98 on.",
           "Not visible, but for frame 99.",
           "Not visible, except at the very last.",
           "Not visible until the end.",
           "Not visible, then it comes.",
           R"({"found": true, "found": false})",
       }) {
    // What the answer says of itself stays the reason.
    const GstNumproObstacle why = gst_numpro_answer_get_obstacle (asked.read (text).get ());
    const bool is_known = why == GST_NUMPRO_OBSTACLE_BLIND || why == GST_NUMPRO_OBSTACLE_REFUSED;
    expect (asked.read (text, kNever).get (), "unread",
            is_known ? why : GST_NUMPRO_OBSTACLE_CANNOT_TELL);
  }
}
GST_END_TEST

GST_START_TEST (test_spans)
{
  const Asked asked;
  expect (asked.read ("Sorry, it is there between 98 and 103.", kSpan).get (), "98-103",
          GST_NUMPRO_OBSTACLE_NONE);
  expect (asked.read ("Frames 98 to 103 (about 5 seconds)", kSpan).get (), "98-103",
          GST_NUMPRO_OBSTACLE_NONE);
  for (const char *text :
       {"second 98 to second 103 of the frames", "frames from 98 s to 103 s",
        "Among the frames, those from 1:98 to 1:103", "In the frames, 98 to 103 seconds in"})
    expect (asked.read (text, kSpan).get (), "unread", GST_NUMPRO_OBSTACLE_INVENTED);

  const Asked counting ("How many red cars are there?");
  expect (counting.read ("98 to 103", kSpan).get (), "unread", GST_NUMPRO_OBSTACLE_SEVERAL);
  expect (counting.read ("Some 98 to 103 of them", kSpan).get (), "unread",
          GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
  expect (counting.read ("Look at frames 98 to 103.", kSpan).get (), "98-103",
          GST_NUMPRO_OBSTACLE_NONE);
}
GST_END_TEST

GST_START_TEST (test_request)
{
  const Asked asked;
  const std::string request =
      asked.request_about ("<think>A long thought of frame 97.</think>It comes in at 98.");
  for (const char *part : {"a red car", "It comes in at 98.", "96", "127", "\"spans\"", "\"never\"",
                           "\"cannot_tell\""})
    fail_unless (request.find (part) != std::string::npos, "%s in %s", part, request.c_str ());
  fail_unless (request.find ("thought") == std::string::npos, "%s", request.c_str ());
  // Some four letters to a token: three score and ten besides question and answer.
  fail_unless (request.size () < 320, "%d bytes", static_cast<int> (request.size ()));
}
GST_END_TEST

GST_START_TEST (test_highlights)
{
  const Asked asked ("a red car", GST_NUMPRO_TASK_HIGHLIGHT);
  constexpr char kText[] = "Frame 98 gets a 4.5 and 99 only 2 from me.";
  const auto highlights = [] (const char *score) {
    return std::string (R"({"highlights": [{"number": 98, "score": )") + score +
           R"(}, {"number": 99, "score": 2}], "never": false, "cannot_tell": false})";
  };
  expect (asked.read (kText, highlights ("4.5").c_str ()).get (), "98=4.5 99=2",
          GST_NUMPRO_OBSTACLE_NONE);
  expect (asked.read (kText, highlights ("3.5").c_str ()).get (), "unread",
          GST_NUMPRO_OBSTACLE_INVENTED);
  expect (asked.read ("Frame 98 gets 9, 99 gets 2.", highlights ("9").c_str ()).get (), "unread",
          GST_NUMPRO_OBSTACLE_SCORES);
  constexpr char kNone[] = R"({"highlights": [], "never": true})";
  expect (asked.read (kText, kNone).get (), "unread", GST_NUMPRO_OBSTACLE_CANNOT_TELL);
  expect (asked.read ("Oh well, there are no highlights.", kNone).get (), "never",
          GST_NUMPRO_OBSTACLE_NONE);
}
GST_END_TEST

static Suite *restatement_suite ()
{
  Suite *suite = suite_create ("restatement");
  TCase *tcase = tcase_create ("restatement");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_need);
  tcase_add_test (tcase, test_readings);
  tcase_add_test (tcase, test_invented);
  tcase_add_test (tcase, test_never);
  tcase_add_test (tcase, test_spans);
  tcase_add_test (tcase, test_request);
  tcase_add_test (tcase, test_highlights);
  return suite;
}

GST_CHECK_MAIN (restatement)
