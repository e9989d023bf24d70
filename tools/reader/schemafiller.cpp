/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "schemafiller.h"

#include <string_view>
#include <utility>

namespace reader {

namespace {

/** What a field of a schema is filled from: an answer, and in an array one of its items. */
struct Source {
  const Answer &answer;
  const FrameSpan *span = nullptr;
  const Highlight *highlight = nullptr;
};

struct ArrayUnref {
  void operator() (JsonArray *array) const { json_array_unref (array); }
};

bool names_any (std::string_view name, std::initializer_list<std::string_view> parts)
{
  for (const std::string_view part : parts) {
    if (name.find (part) != std::string_view::npos)
      return true;
  }
  return false;
}

JsonObject *member_object (JsonObject *schema, const char *name)
{
  JsonNode *node = json_object_get_member (schema, name);
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : nullptr;
}

// The type, or of several ("integer" or "null") the first.
std::string type_of (JsonObject *schema)
{
  JsonNode *node = json_object_get_member (schema, "type");
  if (node && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)))
    node = json_array_get_element (json_node_get_array (node), 0);
  const char *type = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : nullptr;
  if (type)
    return type;
  return json_object_has_member (schema, "properties") ? "object" : "string";
}

bool mentions_score (JsonObject *item)
{
  JsonObject *properties = member_object (item, "properties");
  return properties && (json_object_has_member (properties, "score") ||
                        json_object_has_member (properties, "saliency"));
}

JsonNode *number_node (std::uint64_t number)
{
  return json_node_init_int (json_node_alloc (), static_cast<gint64> (number));
}

JsonNode *score_node (double score)
{
  return json_node_init_double (json_node_alloc (), score);
}

JsonNode *fill (std::string_view name, JsonObject *schema, const Source &source);

bool is_last (std::string_view name)
{
  return names_any (name, {"last", "end"}) || name == "to";
}

JsonNode *fill_number (std::string_view name, const Source &source)
{
  if (source.highlight) {
    return names_any (name, {"score", "salien"}) ? score_node (source.highlight->score)
                                                 : number_node (source.highlight->number);
  }
  const FrameSpan *span = source.span;
  if (!span && source.answer.ends)
    span = &*source.answer.ends;
  // No number that a frame has.
  if (!span)
    return json_node_init_int (json_node_alloc (), -1);
  return number_node (is_last (name) ? span->last : span->first);
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

void fill_items (std::string_view name, JsonObject *item, const Source &source, JsonArray *array)
{
  const Answer &answer = source.answer;
  const std::string type = type_of (item);
  if (mentions_score (item) || names_any (name, {"score", "salien"})) {
    for (const Highlight &highlight : answer.highlights)
      json_array_add_element (array, fill (name, item, {answer, nullptr, &highlight}));
  } else if (type == "object" || type == "array") {
    for (const FrameSpan &span : answer.spans)
      json_array_add_element (array, fill (name, item, {answer, &span, nullptr}));
  } else {
    for (const std::uint64_t number : numbers_of (answer))
      json_array_add_element (array, number_node (number));
  }
}

JsonNode *fill_array (std::string_view name, JsonObject *schema, const Source &source)
{
  const std::unique_ptr<JsonArray, ArrayUnref> array (json_array_new ());
  JsonObject *item = member_object (schema, "items");
  if (source.span) {
    // [first, last]
    json_array_add_element (array.get (), number_node (source.span->first));
    json_array_add_element (array.get (), number_node (source.span->last));
  } else if (item) {
    fill_items (name, item, source, array.get ());
  }
  return json_node_init_array (json_node_alloc (), array.get ());
}

JsonNode *fill_text (std::string_view name, const Source &source)
{
  // Numbers that JSON's integers do not hold are asked for as text.
  std::string text = source.answer.text;
  if (source.highlight)
    text = std::to_string (source.highlight->number);
  else if (source.span)
    text = std::to_string (is_last (name) ? source.span->last : source.span->first);
  return json_node_init_string (json_node_alloc (), text.c_str ());
}

JsonNode *fill_object (JsonObject *schema, const Source &source)
{
  JsonObject *object = json_object_new ();
  if (JsonObject *properties = member_object (schema, "properties")) {
    JsonObjectIter iter;
    const char *name = nullptr;
    JsonNode *property = nullptr;
    json_object_iter_init_ordered (&iter, properties);
    while (json_object_iter_next_ordered (&iter, &name, &property)) {
      if (JSON_NODE_HOLDS_OBJECT (property))
        json_object_set_member (object, name, fill (name, json_node_get_object (property), source));
    }
  }
  JsonNode *node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return node;
}

JsonNode *fill (std::string_view name, JsonObject *schema, const Source &source)
{
  const std::string type = type_of (schema);
  if (type == "object")
    return fill_object (schema, source);
  if (type == "array")
    return fill_array (name, schema, source);
  if (type == "boolean")
    return json_node_init_boolean (json_node_alloc (), source.answer.found ());
  if (type == "integer" || type == "number")
    return fill_number (name, source);
  return fill_text (name, source);
}

}  // namespace

std::string fill_schema (JsonNode *schema, const Answer &answer)
{
  const NodePtr filled (fill ("", json_node_get_object (schema), {answer}));
  const TextPtr text (json_to_string (filled.get (), FALSE));
  return text.get ();
}

}  // namespace reader
