/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerdata.h"

#include <cmath>

#include "document.h"
#include "enumnick.h"

namespace numpro {

namespace {

template <typename T>
Json optional_to_json (const std::optional<T> &value)
{
  return value ? Json (*value) : Json ();
}

// To whole milliseconds.
Json seconds_to_json (double seconds)
{
  return std::round (seconds * 1000) / 1000;
}

void read_problems (const JsonFields &fields, AnswerData &answer)
{
  for (const Json &problem : fields.array ("problems")) {
    if (!problem.is_string ())
      fields.fail ("problems", "not all strings");
    answer.problems.push_back (problem.get<std::string> ());
  }
}

// An object, or null.
Json read_usage (const JsonFields &fields, const char *name)
{
  const Json usage = fields.is_there (name) ? fields.at (name) : Json ();
  if (!usage.is_null () && !usage.is_object ())
    fields.fail (name, "not an object");
  return usage;
}

void read_delivery (const JsonFields &fields, AnswerData &answer)
{
  answer.model = fields.find<std::string> ("model");
  if (answer.model) {
    answer.latency = fields.get<double> ("latency");
    answer.attempts = fields.get<guint> ("attempts");
    answer.usage = read_usage (fields, "usage");
  }
  answer.restatement = fields.find<std::string> ("restatement");
  if (answer.restatement) {
    answer.restatement_latency = fields.get<double> ("restatement-latency");
    answer.restatement_usage = read_usage (fields, "restatement-usage");
  }
}

// Answers were written without one before.
GstNumproObstacle read_obstacle (const JsonFields &fields)
{
  const bool is_valid = fields.get<bool> ("valid");
  const auto nick = fields.find<std::string> ("obstacle").value_or (is_valid ? "none" : "other");
  const auto obstacle = enum_from_nick<GstNumproObstacle> (GST_TYPE_NUMPRO_OBSTACLE, nick.c_str ());
  if (!obstacle)
    fields.fail ("obstacle", "unknown");
  if (is_valid != (*obstacle == GST_NUMPRO_OBSTACLE_NONE))
    fields.fail ("valid", "does not agree with the obstacle");
  return *obstacle;
}

}  // namespace

Json span_to_json (const GstNumproSpan &span)
{
  return {{"first", span.first},
          {"last", span.last},
          {"start", time_to_json (span.start)},
          {"end", time_to_json (span.end)},
          {"utc-start", utc_to_json (span.utc_start)},
          {"utc-end", utc_to_json (span.utc_end)}};
}

GstNumproSpan read_span (const JsonFields &fields)
{
  return {fields.get<guint64> ("first"),
          fields.get<guint64> ("last"),
          read_time (fields, "start"),
          read_time (fields, "end"),
          read_utc (fields, "utc-start"),
          read_utc (fields, "utc-end"),
          {}};
}

Json usage_of (const gchar *text)
{
  if (!text)
    return {};
  try {
    Json usage = parse_json (text);
    return usage.is_object () ? usage : Json ();
  } catch (const JsonError &) {
    return {};
  }
}

Json answer_to_json (const AnswerData &answer)
{
  Json json = new_document ();
  json["batch"] = answer.batch;
  json["question"] = answer.question;
  json["text"] = answer.text;
  json["found"] = answer.is_found ();
  json["valid"] = answer.is_valid ();
  json["obstacle"] = enum_nick (GST_TYPE_NUMPRO_OBSTACLE, answer.obstacle);
  json["problems"] = answer.problems;
  Json &spans = json["spans"] = Json::array ();
  for (const GstNumproSpan &span : answer.spans)
    spans.push_back (span_to_json (span));
  json["utc-source"] = optional_to_json (answer.utc_source);
  if (answer.has_highlights) {
    Json &highlights = json["highlights"] = Json::array ();
    for (const NumberScore &highlight : answer.highlights)
      highlights.push_back ({{"number", highlight.number}, {"score", highlight.score}});
  }
  if (answer.has_check) {
    json["first-seen"] = optional_to_json (answer.first_seen);
    json["last-seen"] = optional_to_json (answer.last_seen);
  }
  const bool is_delivered = answer.model.has_value ();
  json["model"] = optional_to_json (answer.model);
  json["latency"] = is_delivered ? seconds_to_json (answer.latency) : Json ();
  json["attempts"] = is_delivered ? Json (answer.attempts) : Json ();
  json["usage"] = answer.usage;
  const bool is_restated = answer.restatement.has_value ();
  json["restated"] = is_restated;
  json["restatement"] = optional_to_json (answer.restatement);
  json["restatement-latency"] =
      is_restated ? seconds_to_json (answer.restatement_latency) : Json ();
  json["restatement-usage"] = answer.restatement_usage;
  return json;
}

AnswerData read_answer_data (const JsonFields &fields)
{
  AnswerData answer;
  answer.batch = fields.get<guint64> ("batch");
  answer.question = fields.get<std::string> ("question");
  answer.text = fields.get<std::string> ("text");
  answer.obstacle = read_obstacle (fields);
  read_problems (fields, answer);
  fields.for_each (
      "spans", [&answer] (const JsonFields &span) { answer.spans.push_back (read_span (span)); });
  answer.utc_source = fields.find<std::string> ("utc-source");
  if (fields.get<bool> ("found") != answer.is_found ())
    fields.fail ("found", "does not agree with the spans");
  answer.has_highlights = fields.is_there ("highlights");
  if (answer.has_highlights)
    fields.for_each ("highlights", [&answer] (const JsonFields &highlight) {
      answer.highlights.push_back (
          {highlight.get<guint64> ("number"), highlight.get<double> ("score")});
    });
  answer.has_check = fields.is_there ("first-seen");
  answer.first_seen = fields.find<guint64> ("first-seen");
  answer.last_seen = fields.find<guint64> ("last-seen");
  read_delivery (fields, answer);
  return answer;
}

}  // namespace numpro
