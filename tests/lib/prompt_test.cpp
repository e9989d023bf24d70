/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What a model is asked.
//
// test_instruction: the paper's sentence changed for the paper's look; another colour or place not
// said; sheets that are not explained.
// test_texts: any change of wording, which changes what models answer.
// test_question: a whole question pressed into the paper's sentence.
// test_example: an example with numbers that are not in the batch.
// test_json, test_bad_json: a question that is asked otherwise when it is asked again; a file that
// is
//   no prompt taken for one.
// test_template, test_bad_template: a placeholder that is not filled, or not refused by its name.
// test_schema: a schema that OpenAI's strict mode refuses, or that lets numbers through that are
// not in the batch; numbers seen held to those of the batch, so that the check cannot fail.
// test_large_schema: more values than servers take.
// test_labels: labels that models were not trained with.
// test_nicks: names of property values that change.
// test_prompts_are_read: an answer in the form that is asked for that cannot be read.

#include <algorithm>
#include <set>

#include "gst/numpro/json.h"
#include "tests/support/prompts.h"

namespace {

using numpro::Json;

Json schema_of (GstNumproTask task, GstNumproLedger *ledger, bool is_checked = false)
{
  const Owned<GstNumproPrompt> prompt = ask (task);
  gst_numpro_prompt_set_answer_format (prompt.get (), GST_NUMPRO_ANSWER_FORMAT_JSON);
  gst_numpro_prompt_set_check_frames (prompt.get (), is_checked);
  const Owned<gchar> text (gst_numpro_prompt_get_schema (prompt.get (), ledger));
  return numpro::parse_json (text.get ());
}

// The rules of strict mode, for this schema and all within.
void check_strict (const Json &schema)
{
  const std::set<std::string> allowed = {"type",       "enum",     "items",
                                         "properties", "required", "additionalProperties"};
  for (const auto &[keyword, value] : schema.items ())
    fail_unless (allowed.contains (keyword), "%s", keyword.c_str ());
  if (schema.at ("type") == "array") {
    check_strict (schema.at ("items"));
  } else if (schema.at ("type") == "object") {
    fail_unless (schema.at ("additionalProperties") == false);
    const Json &properties = schema.at ("properties"), &required = schema.at ("required");
    fail_unless_equals_int (required.size (), properties.size ());
    std::size_t i = 0;
    for (const auto &[name, member] : properties.items ()) {
      expect (required[i++].get<std::string> (), name);
      check_strict (member);
    }
  }
}

}  // namespace

GST_START_TEST (test_instruction)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 32));
  const char kPaper[] = "The red numbers on each frame represent the frame number.";
  expect (instruction_of (ledger.get ()), kPaper);
  const struct {
    guint32 color;
    GstNumproHAlign halign;
    GstNumproVAlign valign;
    const char *text;
  } kLooks[] = {
      {0xffff0000, GST_NUMPRO_HALIGN_RIGHT, GST_NUMPRO_VALIGN_BOTTOM, kPaper},
      {0xffff0000, GST_NUMPRO_HALIGN_LEFT, GST_NUMPRO_VALIGN_TOP,
       "The red numbers at the top left of each frame represent the frame number."},
      {0xff0000ff, GST_NUMPRO_HALIGN_RIGHT, GST_NUMPRO_VALIGN_BOTTOM,
       "The blue numbers at the bottom right of each frame represent the frame number."},
      {0xffffffff, GST_NUMPRO_HALIGN_CENTER, GST_NUMPRO_VALIGN_CENTER,
       "The white numbers in the center of each frame represent the frame number."},
      {0xffffff00, GST_NUMPRO_HALIGN_CENTER, GST_NUMPRO_VALIGN_TOP,
       "The yellow numbers at the top center of each frame represent the frame number."},
      {0xff123456, GST_NUMPRO_HALIGN_LEFT, GST_NUMPRO_VALIGN_BOTTOM,
       "The numbers at the bottom left of each frame, drawn in the color #123456, represent the "
       "frame number."},
  };
  for (const auto &look : kLooks) {
    const GstNumproLook numbers = {look.color, look.halign, look.valign, {}};
    gst_numpro_ledger_set_look (ledger.get (), &numbers);
    expect (instruction_of (ledger.get ()), look.text);
  }
  const Owned<GstNumproLedger> grid = grid_of (numbers_from (0, 32), 12);
  expect (
      instruction_of (grid.get ()),
      std::string (kPaper) +
          " Each image shows several frames in the order of time, row by row from the top left; "
          "the text before it names the first and the last. This video has 32 frames in total.");
}
GST_END_TEST

GST_START_TEST (test_texts)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (96, 32));
  const struct {
    GstNumproTask task;
    GstNumproAnswerFormat format;
    bool is_checked;
    const char *text;
  } kTexts[] = {
      {GST_NUMPRO_TASK_MOMENT, GST_NUMPRO_ANSWER_FORMAT_TEXT, false,
       "During which frames can we see a red car? Answer in the form \"From x to y\", where x is the "
       "first and y the last frame number; if it is visible several times, answer so for each time. "
       "If it is never visible, answer \"Not visible\"."},
      {GST_NUMPRO_TASK_MOMENT, GST_NUMPRO_ANSWER_FORMAT_TEXT, true,
       "During which frames can we see a red car? Answer in the form \"From x to y\", where x is the "
       "first and y the last frame number; if it is visible several times, answer so for each time. "
       "If it is never visible, answer \"Not visible\". At the end write on a line of its own the "
       "first and the last number that you can see on any of the frames, in the form \"Numbers seen: "
       "a to b\"."},
      {GST_NUMPRO_TASK_MOMENT, GST_NUMPRO_ANSWER_FORMAT_JSON, true,
       "During which frames can we see a red car? Answer with a JSON object: {\"found\": true, "
       "\"spans\": [{\"first\": x, \"last\": y}, ...]}, where x is the first and y the last frame "
       "number of each time that it is visible; if it is never visible, {\"found\": false, "
       "\"spans\": []}. Its members \"first_seen\" and \"last_seen\" are the first and the last "
       "number that you can see on any of the frames."},
      {GST_NUMPRO_TASK_HIGHLIGHT, GST_NUMPRO_ANSWER_FORMAT_TEXT, false,
       "Please find the highlight contents in the video described by the query a red car. Determine "
       "the highlight frames and its saliency score on a scale from 1 to 5. If the video content more "
       "related to the query, the saliency score should be higher. The output format should be like: "
       "'The highlight frames are in the 100, 108, 116, 124 frames. Their saliency scores are 1.3, "
       "2.6, 4.7, 3.4.' These frames and scores are an example only; give your own. If there are no "
       "such frames, answer \"Not visible\"."},
      {GST_NUMPRO_TASK_DESCRIBE, GST_NUMPRO_ANSWER_FORMAT_TEXT, false,
       "a red car Name the frames that you speak of by their numbers, in the form \"(frame x)\" or "
       "\"(frames x-y)\"."},
  };
  for (const auto &text : kTexts) {
    const Owned<GstNumproPrompt> prompt = ask (text.task);
    gst_numpro_prompt_set_answer_format (prompt.get (), text.format);
    gst_numpro_prompt_set_check_frames (prompt.get (), text.is_checked);
    expect (text_of (prompt.get (), ledger.get ()), text.text);
    const Owned<gchar> schema (gst_numpro_prompt_get_schema (prompt.get (), ledger.get ()));
    fail_unless ((schema != nullptr) == (text.format == GST_NUMPRO_ANSWER_FORMAT_JSON));
  }
}
GST_END_TEST

GST_START_TEST (test_question)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 4));
  const struct {
    const char *question, *start;
  } kQuestions[] = {
      {" person turn a light on. ",
       "During which frames can we see person turn a light on? Answer"},
      {"When does the light go on?",
       "When does the light go on? During which frames can we see it? Answer"},
      {"\xff", "During which frames can we see \xef\xbf\xbd? Answer"},
  };
  for (const auto &row : kQuestions) {
    const Owned<GstNumproPrompt> prompt = ask (GST_NUMPRO_TASK_MOMENT, row.question);
    const std::string text = text_of (prompt.get (), ledger.get ());
    fail_unless (g_str_has_prefix (text.c_str (), row.start), "%s", text.c_str ());
  }
  const Owned<GstNumproPrompt> prompt = ask (GST_NUMPRO_TASK_DESCRIBE, nullptr);
  const std::string text = text_of (prompt.get (), ledger.get ());
  fail_unless (g_str_has_prefix (text.c_str (), "Describe what happens in these frames."), "%s",
               text.c_str ());
}
GST_END_TEST

GST_START_TEST (test_example)
{
  for (std::size_t count = 0; count < 40; ++count) {
    const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (700, count));
    const Owned<GstNumproPrompt> prompt = ask (GST_NUMPRO_TASK_HIGHLIGHT);
    const std::string text = text_of (prompt.get (), ledger.get ());
    const std::size_t start = text.find ("The highlight frames"), end = text.find ("' These");
    fail_unless (start < end && end != std::string::npos, "%s", text.c_str ());
    // An example that is repeated is noticed; numbers that are not in the batch would be, too.
    const Owned<GstNumproAnswer> answer (gst_numpro_answer_new (
        prompt.get (), ledger.get (), text.substr (start, end - start).c_str ()));
    const std::string problems = problems_of (answer.get ());
    fail_if (gst_numpro_answer_get_valid (answer.get ()));
    fail_unless (count == 0 || problems.find ("example") != std::string::npos, "%s",
                 problems.c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_template)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (96, 32));
  const Owned<GstNumproPrompt> prompt = ask (GST_NUMPRO_TASK_MOMENT, "{first} car");
  fail_unless (gst_numpro_prompt_set_template (
      prompt.get (), "{{{question}}}: {first}-{last}, {count} in {seconds} s, {color} {position}",
      nullptr));
  expect (text_of (prompt.get (), ledger.get ()),
          "{{first} car}: 96-127, 32 in 32.0 s, red bottom right");
  gst_numpro_prompt_set_check_frames (prompt.get (), TRUE);
  fail_unless (gst_numpro_prompt_set_template (prompt.get (), "{question}", nullptr));
  fail_unless (text_of (prompt.get (), ledger.get ()).find ("Numbers seen: a to b") !=
               std::string::npos);
  gst_numpro_prompt_set_answer_format (prompt.get (), GST_NUMPRO_ANSWER_FORMAT_JSON);
  fail_unless (text_of (prompt.get (), ledger.get ()).find ("JSON") != std::string::npos);
  fail_unless (gst_numpro_prompt_set_template (prompt.get (), nullptr, nullptr));
  fail_unless (text_of (prompt.get (), ledger.get ()).find ("During which") == 0);
}
GST_END_TEST

GST_START_TEST (test_bad_template)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 4));
  const Owned<GstNumproPrompt> prompt = ask (GST_NUMPRO_TASK_MOMENT);
  fail_unless (gst_numpro_prompt_set_template (prompt.get (), "kept", nullptr));
  const struct {
    const char *text, *problem;
  } kTemplates[] = {
      {"{query}", "{query}"}, {"{question} {Last}", "{Last}"},
      {"{}", "{}"},           {"{ first }", "{ first }"},
      {"{question", "\"{\""}, {"question}", "\"}\""},
      {"{{}", "\"}\""},       {"{", "\"{\""},
  };
  for (const auto &row : kTemplates) {
    GError *error = nullptr;
    fail_if (gst_numpro_prompt_set_template (prompt.get (), row.text, &error), "%s", row.text);
    const Owned<GError> owned (error);
    fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED));
    fail_unless (strstr (error->message, row.problem) != nullptr, "%s", error->message);
    expect (text_of (prompt.get (), ledger.get ()), "kept");
  }
}
GST_END_TEST

GST_START_TEST (test_json)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (96, 32));
  for (int task = GST_NUMPRO_TASK_MOMENT; task <= GST_NUMPRO_TASK_DESCRIBE; ++task) {
    for (const char *own_words : {static_cast<const char *> (nullptr), "{question} {{{first}}}"}) {
      const Owned<GstNumproPrompt> prompt =
          ask (static_cast<GstNumproTask> (task), "a \"red\" car");
      fail_unless (gst_numpro_prompt_set_template (prompt.get (), own_words, nullptr));
      gst_numpro_prompt_set_answer_format (prompt.get (), GST_NUMPRO_ANSWER_FORMAT_JSON);
      gst_numpro_prompt_set_check_frames (prompt.get (), task == GST_NUMPRO_TASK_MOMENT);
      const Owned<gchar> json (gst_numpro_prompt_to_json (prompt.get ()));
      const Owned<GstNumproPrompt> back (
          gst_numpro_prompt_new_from_json (json.get (), -1, nullptr));
      fail_unless (back != nullptr, "%s", json.get ());
      // The text depends on all that a prompt has.
      expect (text_of (back.get (), ledger.get ()), text_of (prompt.get (), ledger.get ()));
      expect (gst_numpro_prompt_get_question (back.get ()), "a \"red\" car");
      fail_unless_equals_int (gst_numpro_prompt_get_task (back.get ()), task);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_bad_json)
{
  const struct {
    const char *json, *problem;
  } kTexts[] = {
      {"[]", "object"},
      {R"({"version":1})", "task: missing"},
      {R"({"version":1,"question":"a","task":"moments","template":null,"answer-format":"text","check-frames":true})",
       "task: unknown"},
      {R"({"version":1,"question":"a","task":"moment","template":null,"answer-format":"xml","check-frames":true})",
       "answer-format: unknown"},
      {R"({"version":1,"question":"a","task":"moment","template":null,"answer-format":"text","check-frames":1})",
       "check-frames"},
      {R"({"version":1,"question":"a","task":"moment","template":"{q}","answer-format":"text","check-frames":true})",
       "{q}"},
      {R"({"version":1,"question":1,"task":"moment","template":null,"answer-format":"text","check-frames":true})",
       "question"},
  };
  for (const auto &row : kTexts) {
    GError *error = nullptr;
    fail_if (gst_numpro_prompt_new_from_json (row.json, -1, &error), "%s", row.json);
    const Owned<GError> owned (error);
    fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED));
    fail_unless (strstr (error->message, row.problem) != nullptr, "%s", error->message);
  }
}
GST_END_TEST

GST_START_TEST (test_schema)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 11, 30));
  for (int task = GST_NUMPRO_TASK_MOMENT; task <= GST_NUMPRO_TASK_DESCRIBE; ++task) {
    for (const bool is_checked : {false, true}) {
      const Json schema = schema_of (static_cast<GstNumproTask> (task), ledger.get (), is_checked);
      check_strict (schema);
    }
  }
  const Json schema = schema_of (GST_NUMPRO_TASK_MOMENT, ledger.get (), true);
  const Json &properties = schema.at ("properties");
  const Json &span = properties.at ("spans").at ("items").at ("properties");
  for (const char *name : {"first", "last"}) {
    const Json &numbers = span.at (name).at ("enum");
    fail_unless_equals_int (numbers.size (), 11);
    for (guint i = 0; i < 11; ++i)
      fail_unless_equals_int (numbers[i].get<int> (), 30 * static_cast<int> (i));
  }
  for (const char *name : {"first_seen", "last_seen"})
    fail_if (properties.at (name).contains ("enum"));
}
GST_END_TEST

GST_START_TEST (test_large_schema)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (5, 251));
  const Json schema = schema_of (GST_NUMPRO_TASK_MOMENT, ledger.get ());
  const Json &bounds = schema.at (Json::json_pointer ("/properties/spans/items/properties/first"));
  fail_if (bounds.contains ("enum"));
  fail_unless_equals_int (bounds.at ("minimum").get<int> (), 5);
  fail_unless_equals_int (bounds.at ("maximum").get<int> (), 255);
  const Owned<GstNumproLedger> fits = ledger_of (numbers_from (5, 250));
  check_strict (schema_of (GST_NUMPRO_TASK_MOMENT, fits.get ()));
  // No numbers, and numbers as large as there are.
  const Owned<GstNumproLedger> none = ledger_of ({});
  check_strict (schema_of (GST_NUMPRO_TASK_MOMENT, none.get ()));
  const Owned<GstNumproLedger> huge = ledger_of (numbers_from (G_MAXUINT64 - 3, 4));
  const Json exact = schema_of (GST_NUMPRO_TASK_MOMENT, huge.get ());
  check_strict (exact);
  const Json &last = exact.at (Json::json_pointer ("/properties/spans/items/properties/last"));
  expect (numpro::dump_json_line (last),
          "{\"type\":\"integer\",\"enum\":[18446744073709551612,18446744073709551613,"
          "18446744073709551614,18446744073709551615]}");
}
GST_END_TEST

// 12 to 15 with a hole before the last one, and a sheet of 16 to 19 with one in it.
static Owned<GstNumproLedger> ledger_with_gap ()
{
  Owned<GstNumproLedger> torn (gst_numpro_ledger_new (42));
  const auto append = [&] (GstNumproLedger *from, guint index, GstClockTime gap) {
    const Owned<GstNumproSample> sample (
        gst_numpro_sample_copy (gst_numpro_ledger_get_sample (from, index)));
    sample->gap_before = gap;
    gst_numpro_ledger_append (torn.get (), sample.get ());
  };
  const Owned<GstNumproLedger> frames = ledger_of (numbers_from (12, 4));
  const Owned<GstNumproLedger> sheet = grid_of (numbers_from (16, 4), 4);
  for (guint i = 0; i < 4; ++i)
    append (frames.get (), i, i == 3 ? 2500 * GST_MSECOND : 0);
  for (guint i = 0; i < 4; ++i)
    append (sheet.get (), i, i == 2 ? 120 * GST_MSECOND : 0);
  return torn;
}

GST_START_TEST (test_labels)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (12, 4));
  expect (label_of (ledger.get (), "000000.jpg", GST_NUMPRO_IMAGE_LABEL_NUMBER), "Frame 12");
  expect (label_of (ledger.get (), "000003.jpg", GST_NUMPRO_IMAGE_LABEL_NUMBER), "Frame 15");
  expect (label_of (ledger.get (), "000003.jpg", GST_NUMPRO_IMAGE_LABEL_SECONDS),
          "<1003.0 seconds>");
  expect (label_of (ledger.get (), "000003.jpg", GST_NUMPRO_IMAGE_LABEL_NONE), "none");
  expect (label_of (ledger.get (), "000004.jpg", GST_NUMPRO_IMAGE_LABEL_NUMBER), "none");
  const Owned<GstNumproLedger> grid = grid_of (numbers_from (0, 32), 12);
  for (const auto label : {GST_NUMPRO_IMAGE_LABEL_NONE, GST_NUMPRO_IMAGE_LABEL_NUMBER,
                           GST_NUMPRO_IMAGE_LABEL_SECONDS}) {
    expect (label_of (grid.get (), "sheet-0.jpg", label), "<Frame 0 to Frame 11>");
    expect (label_of (grid.get (), "sheet-2.jpg", label), "<Frame 24 to Frame 31>");
  }
  const Owned<GstNumproLedger> torn = ledger_with_gap ();
  expect (label_of (torn.get (), "000002.jpg", GST_NUMPRO_IMAGE_LABEL_NONE), "none");
  expect (label_of (torn.get (), "000003.jpg", GST_NUMPRO_IMAGE_LABEL_NONE),
          "(2.5 seconds are missing before frame 15)");
  expect (label_of (torn.get (), "000003.jpg", GST_NUMPRO_IMAGE_LABEL_NUMBER),
          "Frame 15 (2.5 seconds are missing before frame 15)");
  expect (label_of (torn.get (), "sheet-0.jpg", GST_NUMPRO_IMAGE_LABEL_NONE),
          "<Frame 16 to Frame 19> (0.12 seconds are missing before frame 18)");
  const Owned<GstNumproLedger> timeless (gst_numpro_ledger_new (1));
  const Owned<GstNumproSample> sample (gst_numpro_sample_new (7));
  sample->image = g_strdup ("7.jpg");
  gst_numpro_ledger_append (timeless.get (), sample.get ());
  expect (label_of (timeless.get (), "7.jpg", GST_NUMPRO_IMAGE_LABEL_SECONDS), "none");
  const Owned<GstNumproPrompt> prompt = ask (GST_NUMPRO_TASK_MOMENT);
  fail_unless (gst_numpro_prompt_set_template (prompt.get (), "{seconds}", nullptr));
  expect (text_of (prompt.get (), timeless.get ()), "unknown");
}
GST_END_TEST

GST_START_TEST (test_nicks)
{
  const struct {
    GType type;
    std::vector<std::string> nicks;
  } kEnums[] = {
      {GST_TYPE_NUMPRO_TASK, {"moment", "highlight", "describe"}},
      {GST_TYPE_NUMPRO_ANSWER_FORMAT, {"text", "json"}},
      {GST_TYPE_NUMPRO_IMAGE_LABEL, {"none", "number", "seconds"}},
  };
  for (const auto &row : kEnums) {
    auto *values = static_cast<GEnumClass *> (g_type_class_ref (row.type));
    fail_unless_equals_int (values->n_values, row.nicks.size ());
    for (guint i = 0; i < values->n_values; ++i)
      expect (values->values[i].value_nick, row.nicks[i]);
    g_type_class_unref (values);
  }
}
GST_END_TEST

GST_START_TEST (test_prompts_are_read)
{
  // The examples of the forms, with numbers in them.
  const struct {
    GstNumproTask task;
    GstNumproAnswerFormat format;
    const char *form, *answer;
  } kForms[] = {
      {GST_NUMPRO_TASK_MOMENT, GST_NUMPRO_ANSWER_FORMAT_TEXT, "\"From x to y\"", "From 3 to 9"},
      {GST_NUMPRO_TASK_MOMENT, GST_NUMPRO_ANSWER_FORMAT_TEXT, "\"Not visible\"", "Not visible"},
      {GST_NUMPRO_TASK_MOMENT, GST_NUMPRO_ANSWER_FORMAT_JSON,
       R"({"found": true, "spans": [{"first": x, "last": y}, ...]})",
       R"({"found": true, "spans": [{"first": 3, "last": 9}]})"},
      {GST_NUMPRO_TASK_HIGHLIGHT, GST_NUMPRO_ANSWER_FORMAT_TEXT, "\"Not visible\"", "Not visible"},
      {GST_NUMPRO_TASK_HIGHLIGHT, GST_NUMPRO_ANSWER_FORMAT_JSON,
       R"({"found": true, "highlights": [{"number": x, "score": s}, ...]})",
       R"({"found": true, "highlights": [{"number": 3, "score": 4.5}]})"},
      {GST_NUMPRO_TASK_DESCRIBE, GST_NUMPRO_ANSWER_FORMAT_TEXT, "\"(frames x-y)\"",
       "A car (frames 3-9)."},
      {GST_NUMPRO_TASK_DESCRIBE, GST_NUMPRO_ANSWER_FORMAT_JSON,
       R"({"description": "...", "numbers": [x, ...]})",
       R"({"description": "A car.", "numbers": [3]})"},
  };
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 32));
  for (const auto &form : kForms) {
    const Owned<GstNumproPrompt> prompt = ask (form.task);
    gst_numpro_prompt_set_answer_format (prompt.get (), form.format);
    const std::string text = text_of (prompt.get (), ledger.get ());
    fail_unless (text.find (form.form) != std::string::npos, "%s", text.c_str ());
    const Owned<GstNumproAnswer> answer (
        gst_numpro_answer_new (prompt.get (), ledger.get (), form.answer));
    fail_unless (gst_numpro_answer_get_valid (answer.get ()), "%s", form.answer);
    expect (problems_of (answer.get ()), "");
  }
}
GST_END_TEST

static Suite *prompt_suite ()
{
  Suite *suite = suite_create ("prompt");
  TCase *tcase = tcase_create ("prompt");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_instruction);
  tcase_add_test (tcase, test_texts);
  tcase_add_test (tcase, test_question);
  tcase_add_test (tcase, test_example);
  tcase_add_test (tcase, test_template);
  tcase_add_test (tcase, test_bad_template);
  tcase_add_test (tcase, test_json);
  tcase_add_test (tcase, test_bad_json);
  tcase_add_test (tcase, test_schema);
  tcase_add_test (tcase, test_large_schema);
  tcase_add_test (tcase, test_labels);
  tcase_add_test (tcase, test_nicks);
  tcase_add_test (tcase, test_prompts_are_read);
  return suite;
}

GST_CHECK_MAIN (prompt)
