/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "schemafiller.h"

#include <string_view>
#include <utility>

#include "json.h"

namespace reader {

namespace {

/** What a field of a schema is filled from: an answer, and in an array one of its items. */
struct Source {
  const Answer &answer;
  const FrameSpan *span = nullptr;
  const Highlight *highlight = nullptr;
};

bool names_any (std::string_view name, std::initializer_list<std::string_view> parts)
{
  for (const std::string_view part : parts) {
    if (name.find (part) != std::string_view::npos)
      return true;
  }
  return false;
}

const Json *find_object (const Json &schema, const char *name)
{
  const Json *member = find_member (schema, name);
  return member && member->is_object () ? member : nullptr;
}

// The type, or of several ("integer" or "null") the first.
std::string type_of (const Json &schema)
{
  const Json *type = find_member (schema, "type");
  if (type && type->is_array () && !type->empty ())
    type = &type->front ();
  if (type && type->is_string ())
    return *type;
  return schema.contains ("properties") ? "object" : "string";
}

bool mentions_score (const Json &item)
{
  const Json *properties = find_object (item, "properties");
  return properties && (properties->contains ("score") || properties->contains ("saliency"));
}

Json fill (std::string_view name, const Json &schema, const Source &source);

bool is_last (std::string_view name)
{
  return names_any (name, {"last", "end"}) || name == "to";
}

Json fill_number (std::string_view name, const Source &source)
{
  if (source.highlight) {
    if (names_any (name, {"score", "salien"}))
      return source.highlight->score;
    return source.highlight->number;
  }
  const FrameSpan *span = source.span;
  if (!span && source.answer.ends)
    span = &*source.answer.ends;
  // No number that a frame has.
  if (!span)
    return -1;
  return is_last (name) ? span->last : span->first;
}

// The numbers of a list that is nothing but numbers.
std::vector<std::uint64_t> numbers_of (const Answer &answer)
{
  std::vector<std::uint64_t> numbers;
  for (const Highlight &highlight : answer.highlights)
    numbers.push_back (highlight.number);
  if (!numbers.empty ())
    return numbers;
  for (const FrameSpan &span : answer.spans) {
    numbers.push_back (span.first);
    if (span.last != span.first)
      numbers.push_back (span.last);
  }
  return numbers;
}

Json fill_items (std::string_view name, const Json &item, const Answer &answer)
{
  const std::string type = type_of (item);
  Json items = Json::array ();
  if (mentions_score (item) || names_any (name, {"score", "salien"})) {
    for (const Highlight &highlight : answer.highlights)
      items.push_back (fill (name, item, {answer, nullptr, &highlight}));
  } else if (type == "object" || type == "array") {
    for (const FrameSpan &span : answer.spans)
      items.push_back (fill (name, item, {answer, &span, nullptr}));
  } else {
    items = numbers_of (answer);
  }
  return items;
}

Json fill_array (std::string_view name, const Json &schema, const Source &source)
{
  if (source.span)
    return Json::array ({source.span->first, source.span->last});
  const Json *item = find_object (schema, "items");
  return item ? fill_items (name, *item, source.answer) : Json::array ();
}

Json fill_text (std::string_view name, const Source &source)
{
  // Numbers that JSON's integers do not hold are asked for as text.
  if (source.highlight)
    return std::to_string (source.highlight->number);
  if (source.span)
    return std::to_string (is_last (name) ? source.span->last : source.span->first);
  return source.answer.text;
}

Json fill_object (const Json &schema, const Source &source)
{
  Json object = Json::object ();
  if (const Json *properties = find_object (schema, "properties")) {
    for (const auto &[name, property] : properties->items ()) {
      if (property.is_object ())
        object[name] = fill (name, property, source);
    }
  }
  return object;
}

Json fill (std::string_view name, const Json &schema, const Source &source)
{
  const std::string type = type_of (schema);
  if (type == "object")
    return fill_object (schema, source);
  if (type == "array")
    return fill_array (name, schema, source);
  if (type == "boolean")
    return source.answer.found ();
  if (type == "integer" || type == "number")
    return fill_number (name, source);
  return fill_text (name, source);
}

}  // namespace

std::string fill_schema (const Json &schema, const Answer &answer)
{
  return dump_json_line (fill ("", schema, {answer}));
}

}  // namespace reader
