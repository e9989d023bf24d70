/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonfields.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

namespace numpro {

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

namespace {

// Far more than any text of ours.
constexpr int kDeepest = 32;

[[noreturn]] void fail_at (std::size_t offset, const char *what)
{
  throw JsonError (std::string (what) + " at byte " + std::to_string (offset));
}

// The UTF-16 unit of an escape such as \u00e4; none where there is no such.
std::optional<unsigned> escaped_unit (std::string_view escape)
{
  constexpr std::size_t kLength = 6;
  unsigned unit = 0;
  const char *end = escape.data () + kLength;
  if (escape.size () < kLength || !escape.starts_with ("\\u") ||
      std::from_chars (escape.data () + 2, end, unit, 16).ptr != end)
    return std::nullopt;
  return unit;
}

// How long an escape in a string is. json-glib takes some that are none, and makes of them what is
// not UTF-8.
std::size_t escape_length (std::string_view text, std::size_t at)
{
  const std::string_view rest = text.substr (at);
  if (rest.size () > 1 && std::string_view ("\"\\/bfnrt").find (rest[1]) != std::string_view::npos)
    return 2;
  const std::optional<unsigned> unit = escaped_unit (rest);
  if (!unit)
    fail_at (at, "an unknown escape");
  if (*unit == 0)
    fail_at (at, "a zero character");
  if (*unit < 0xd800 || *unit > 0xdfff)
    return 6;
  const std::optional<unsigned> second = escaped_unit (rest.substr (6));
  if (*unit > 0xdbff || !second || *second < 0xdc00 || *second > 0xdfff)
    fail_at (at, "half a surrogate pair");
  return 12;
}

// How long a number is. json-glib would make one that is too large infinite, and write no JSON.
std::size_t number_length (std::string_view text, std::size_t at)
{
  double value = 0;
  const char *begin = text.data () + at;
  const auto result = std::from_chars (begin, text.data () + text.size (), value);
  if (result.ec == std::errc::result_out_of_range)
    fail_at (at, "a number out of range");
  return static_cast<std::size_t> (result.ptr - begin);
}

// Refuses what json-glib takes without being able to hold it: nesting, of which enough overruns its
// stack, zero characters, at which its strings end, and what is no JSON, such as comments.
void check_text (std::string_view text)
{
  constexpr std::string_view kBetween = " \t\r\n,:+-.";
  bool in_string = false;
  int depth = 0;
  for (std::size_t i = 0; i < text.size (); ++i) {
    const char c = text[i];
    if (c == '"') {
      in_string = !in_string;
    } else if (in_string) {
      if (c == '\0')
        fail_at (i, "a zero character");
      if (c == '\\')
        i += escape_length (text, i) - 1;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepest)
        fail_at (i, "nested too deeply");
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (g_ascii_isdigit (c)) {
      i += number_length (text, i) - 1;
    } else if (!g_ascii_isalnum (c) && kBetween.find (c) == std::string_view::npos) {
      fail_at (i, "an unexpected character");
    }
  }
}

}  // namespace

JsonNodePtr parse_json_object (const gchar *json, gssize length)
{
  check_text (length < 0 ? std::string_view (json)
                         : std::string_view (json, static_cast<std::size_t> (length)));
  const std::unique_ptr<JsonParser, decltype (&g_object_unref)> parser (json_parser_new (),
                                                                        g_object_unref);
  GError *error = nullptr;
  if (!json_parser_load_from_data (parser.get (), json, length, &error)) {
    // It quotes the text, which may not be UTF-8 at all.
    const TextPtr message (g_utf8_make_valid (error->message, -1));
    g_error_free (error);
    throw JsonError (std::string ("not JSON: ") + message.get ());
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

namespace {

// As few digits as bring the same number back. It stays one with a fraction or an exponent.
std::string shortest (std::string_view number)
{
  constexpr std::string_view kOfReals = ".eE";
  double value = 0;
  std::from_chars (number.data (), number.data () + number.size (), value);
  char text[32];
  const std::string digits (text, std::to_chars (text, text + sizeof (text), value).ptr);
  return digits.find_first_of (kOfReals) == std::string::npos ? digits + ".0" : digits;
}

// json-glib writes 17 digits, which makes 0.10000000000000001 of 0.1.
std::string shorten_reals (std::string_view json)
{
  std::string text;
  for (std::size_t at = 0, end; at < json.size (); at = end) {
    end = at + 1;
    if (json[at] == '"') {
      while (json[end] != '"')
        end += json[end] == '\\' ? 2 : 1;
      ++end;
    } else if (g_ascii_isdigit (json[at]) || json[at] == '-') {
      end = std::min (json.find_first_not_of ("0123456789+-.eE", at), json.size ());
    }
    const std::string_view token = json.substr (at, end - at);
    const bool is_real = token[0] != '"' && token.find ('.') != std::string_view::npos;
    text += is_real ? shortest (token) : token;
  }
  return text;
}

}  // namespace

gchar *json_object_to_text (JsonObject *object)
{
  const JsonNodePtr root (json_node_new (JSON_NODE_OBJECT));
  json_node_take_object (root.get (), object);
  const TextPtr text (json_to_string (root.get (), TRUE));
  return g_strdup (shorten_reals (text.get ()).c_str ());
}

}  // namespace numpro
