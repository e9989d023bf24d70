/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerdata.h"

#include <cmath>
#include <limits>

#include "utc.h"

namespace numpro {

namespace {

void add_utc (JsonObject *object, const char *name, GstClockTime utc)
{
  const TextPtr text (gst_numpro_utc_to_string (utc));
  json_object_set_string_member (object, name, text.get ());
}

void add_seen (JsonObject *object, const char *name, const std::optional<guint64> &number)
{
  if (number)
    add_uint64 (object, name, *number);
  else
    json_object_set_null_member (object, name);
}

JsonObject *span_to_json (const GstNumproSpan &span)
{
  JsonObject *object = json_object_new ();
  add_uint64 (object, "first", span.first);
  add_uint64 (object, "last", span.last);
  add_time (object, "start", span.start);
  add_time (object, "end", span.end);
  add_utc (object, "utc-start", span.utc_start);
  add_utc (object, "utc-end", span.utc_end);
  return object;
}

JsonObject *highlight_to_json (const NumberScore &highlight)
{
  JsonObject *object = json_object_new ();
  add_uint64 (object, "number", highlight.number);
  json_object_set_double_member (object, "score", highlight.score);
  return object;
}

void add_delivery (JsonObject *object, const AnswerData &answer)
{
  if (!answer.model) {
    for (const char *name : {"model", "latency", "attempts", "usage"})
      json_object_set_null_member (object, name);
    return;
  }
  json_object_set_string_member (object, "model", answer.model->c_str ());
  json_object_set_double_member (object, "latency", std::round (answer.latency * 1000) / 1000);
  json_object_set_int_member (object, "attempts", answer.attempts);
  if (answer.usage.empty ())
    json_object_set_null_member (object, "usage");
  else
    json_object_set_member (object, "usage",
                            parse_json_object (answer.usage.c_str (), -1).release ());
}

GstClockTime read_utc (const JsonFields &fields, const char *name)
{
  GstClockTime utc = GST_CLOCK_TIME_NONE;
  if (fields.has (name) && !gst_numpro_utc_from_string (fields.string (name).c_str (), &utc))
    fields.fail (name, "not a UTC time");
  return utc;
}

GstNumproSpan read_span (const JsonFields &fields)
{
  return {fields.uint64 ("first"), fields.uint64 ("last"),         fields.time ("start"),
          fields.time ("end"),     read_utc (fields, "utc-start"), read_utc (fields, "utc-end")};
}

// Calls a function with each object of an array.
template <typename Function>
void for_each_object (const JsonFields &fields, const char *name, Function function)
{
  JsonArray *array = fields.array (name);
  for (guint i = 0; i < json_array_get_length (array); ++i) {
    const std::string path = std::string (name) + "[" + std::to_string (i) + "]";
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      throw JsonError (path + ": not an object");
    function (JsonFields (json_node_get_object (node), path + "."));
  }
}

std::vector<std::string> read_problems (const JsonFields &fields)
{
  std::vector<std::string> problems;
  JsonArray *array = fields.array ("problems");
  for (guint i = 0; i < json_array_get_length (array); ++i) {
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      fields.fail ("problems", "not all strings");
    problems.emplace_back (json_node_get_string (node));
  }
  return problems;
}

void read_delivery (const JsonFields &fields, JsonObject *object, AnswerData &answer)
{
  if (!fields.has ("model"))
    return;
  answer.model = fields.string ("model");
  answer.latency = fields.real ("latency");
  const guint64 attempts = fields.uint64 ("attempts");
  if (attempts > std::numeric_limits<guint>::max ())
    fields.fail ("attempts", "too large");
  answer.attempts = static_cast<guint> (attempts);
  if (fields.has ("usage")) {
    fields.object ("usage");
    const TextPtr usage (json_to_string (json_object_get_member (object, "usage"), FALSE));
    answer.usage = usage.get ();
  }
}

void read_seen (const JsonFields &fields, AnswerData &answer)
{
  if (fields.has ("first-seen"))
    answer.first_seen = fields.uint64 ("first-seen");
  if (fields.has ("last-seen"))
    answer.last_seen = fields.uint64 ("last-seen");
}

}  // namespace

JsonObject *answer_to_json_object (const AnswerData &answer)
{
  JsonObject *object = json_object_new ();
  add_uint64 (object, "batch", answer.batch);
  json_object_set_string_member (object, "question", answer.question.c_str ());
  json_object_set_string_member (object, "text", answer.text.c_str ());
  json_object_set_boolean_member (object, "found", answer.is_found);
  json_object_set_boolean_member (object, "valid", answer.is_valid);
  JsonArray *problems = json_array_new (), *spans = json_array_new ();
  for (const std::string &problem : answer.problems)
    json_array_add_string_element (problems, problem.c_str ());
  for (const GstNumproSpan &span : answer.spans)
    json_array_add_object_element (spans, span_to_json (span));
  json_object_set_array_member (object, "problems", problems);
  json_object_set_array_member (object, "spans", spans);
  if (answer.has_highlights) {
    JsonArray *highlights = json_array_new ();
    for (const NumberScore &highlight : answer.highlights)
      json_array_add_object_element (highlights, highlight_to_json (highlight));
    json_object_set_array_member (object, "highlights", highlights);
  }
  if (answer.has_check) {
    add_seen (object, "first-seen", answer.first_seen);
    add_seen (object, "last-seen", answer.last_seen);
  }
  add_delivery (object, answer);
  return object;
}

AnswerData answer_from_json_object (JsonObject *object)
{
  const JsonFields fields (object, "");
  AnswerData answer;
  answer.batch = fields.uint64 ("batch");
  answer.question = fields.string ("question");
  answer.text = fields.string ("text");
  answer.is_found = fields.boolean ("found");
  answer.is_valid = fields.boolean ("valid");
  answer.problems = read_problems (fields);
  for_each_object (fields, "spans", [&answer] (const JsonFields &span) {
    answer.spans.push_back (read_span (span));
  });
  if (answer.is_found == answer.spans.empty ())
    fields.fail ("found", "does not agree with the spans");
  answer.has_highlights = json_object_has_member (object, "highlights");
  if (answer.has_highlights)
    for_each_object (fields, "highlights", [&answer] (const JsonFields &highlight) {
      answer.highlights.push_back ({highlight.uint64 ("number"), highlight.real ("score")});
    });
  answer.has_check = json_object_has_member (object, "first-seen");
  read_seen (fields, answer);
  read_delivery (fields, object, answer);
  return answer;
}

}  // namespace numpro
