/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonfields.h"

#include <charconv>
#include <cstring>
#include <string_view>

namespace numpro {

namespace {

// Deeper than anything that is read here.
constexpr int kMaxDepth = 64;

// JsonParser calls itself for each level: some ten thousand brackets overflow the stack.
bool is_too_deep (std::string_view json)
{
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size () && depth <= kMaxDepth; ++i) {
    const char c = json[i];
    if (in_string && c == '\\')
      ++i;
    else if (c == '"')
      in_string = !in_string;
    else if (!in_string && (c == '{' || c == '['))
      ++depth;
    else if (!in_string && (c == '}' || c == ']'))
      --depth;
  }
  return depth > kMaxDepth;
}

}  // namespace

void JsonFields::fail (const char *name, const char *what) const
{
  throw JsonError (path_ + name + ": " + what);
}

bool JsonFields::has (const char *name) const
{
  JsonNode *node = json_object_get_member (object_, name);
  return node && !JSON_NODE_HOLDS_NULL (node);
}

JsonNode *JsonFields::member (const char *name, JsonNodeType type) const
{
  JsonNode *node = json_object_get_member (object_, name);
  if (!node)
    fail (name, "missing");
  if (json_node_get_node_type (node) != type)
    fail (name, "of the wrong type");
  return node;
}

guint64 JsonFields::uint64 (const char *name) const
{
  JsonNode *node = member (name, JSON_NODE_VALUE);
  if (json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) >= 0)
    return static_cast<guint64> (json_node_get_int (node));
  if (json_node_get_value_type (node) == G_TYPE_STRING) {
    const char *text = json_node_get_string (node);
    const char *end = text + std::strlen (text);
    guint64 value = 0;
    const auto result = std::from_chars (text, end, value);
    if (result.ec == std::errc () && result.ptr == end)
      return value;
  }
  fail (name, "not a whole number from 0");
}

GstClockTime JsonFields::time (const char *name) const
{
  return has (name) ? uint64 (name) : GST_CLOCK_TIME_NONE;
}

std::string JsonFields::string (const char *name) const
{
  JsonNode *node = member (name, JSON_NODE_VALUE);
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    fail (name, "not a string");
  return json_node_get_string (node);
}

bool JsonFields::boolean (const char *name) const
{
  JsonNode *node = member (name, JSON_NODE_VALUE);
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    fail (name, "not true or false");
  return json_node_get_boolean (node);
}

double JsonFields::real (const char *name) const
{
  JsonNode *node = member (name, JSON_NODE_VALUE);
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE &&
      json_node_get_value_type (node) != G_TYPE_INT64)
    fail (name, "not a number");
  return json_node_get_double (node);
}

JsonArray *JsonFields::array (const char *name) const
{
  return json_node_get_array (member (name, JSON_NODE_ARRAY));
}

JsonObject *JsonFields::object (const char *name) const
{
  return json_node_get_object (member (name, JSON_NODE_OBJECT));
}

JsonNodePtr parse_json_object (const gchar *json, gssize length)
{
  const std::string_view text (json,
                               length < 0 ? std::strlen (json) : static_cast<std::size_t> (length));
  if (is_too_deep (text))
    throw JsonError ("nested too deeply");
  const std::unique_ptr<JsonParser, decltype (&g_object_unref)> parser (json_parser_new (),
                                                                        g_object_unref);
  GError *error = nullptr;
  if (!json_parser_load_from_data (parser.get (), json, length, &error)) {
    const std::string message = error->message;
    g_error_free (error);
    throw JsonError ("not JSON: " + message);
  }
  JsonNodePtr root (json_parser_steal_root (parser.get ()));
  if (!root || !JSON_NODE_HOLDS_OBJECT (root.get ()))
    throw JsonError ("not a JSON object");
  return root;
}

void add_uint64 (JsonObject *object, const char *name, guint64 value)
{
  if (value <= static_cast<guint64> (G_MAXINT64))
    json_object_set_int_member (object, name, static_cast<gint64> (value));
  else
    json_object_set_string_member (object, name, std::to_string (value).c_str ());
}

void add_time (JsonObject *object, const char *name, GstClockTime time)
{
  if (GST_CLOCK_TIME_IS_VALID (time))
    add_uint64 (object, name, time);
  else
    json_object_set_null_member (object, name);
}

gchar *json_object_to_text (JsonObject *object)
{
  const JsonNodePtr root (json_node_new (JSON_NODE_OBJECT));
  json_node_take_object (root.get (), object);
  return json_to_string (root.get (), TRUE);
}

}  // namespace numpro
