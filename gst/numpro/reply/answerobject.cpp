/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerobject.h"

#include <charconv>

#include "answerscores.h"

namespace numpro {

namespace {

using Names = std::initializer_list<const char *>;

// Deeper than any answer, and not too deep for a parser that calls itself.
constexpr int kMaxDepth = 64;

constexpr char kOtherShape[] = "Its JSON is not of the shape that was asked for.";

struct EndNames {
  const char *first, *last;
};
// "start" and "end" are not among them: they may be times.
constexpr EndNames kEndNames[] = {
    {"first", "last"}, {"first_frame", "last_frame"}, {"start_frame", "end_frame"}, {"from", "to"}};

// Where the object or array that begins here ends; npos where it does not.
std::size_t find_close (std::string_view text, std::size_t open)
{
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = open; i < text.size (); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaxDepth)
        return std::string_view::npos;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

// Models pad numbers with zeros where JSON has none. The parser would take them for octal, and 0x10
// for 16: that makes the text none of JSON.
std::string without_padding (std::string_view json)
{
  std::string plain;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size (); ++i) {
    const char c = json[i], before = plain.empty () ? ' ' : plain.back ();
    const char after = i + 1 < json.size () ? json[i + 1] : ' ';
    const bool pads = !in_string && c == '0' && g_ascii_isdigit (after) &&
                      !g_ascii_isalnum (before) && before != '.';
    if (pads)
      continue;
    if (!in_string && (c == 'x' || c == 'X'))
      return "";
    plain += c;
    if (in_string && c == '\\' && i + 1 < json.size ())
      plain += json[++i];
    else if (c == '"')
      in_string = !in_string;
  }
  return plain;
}

// Plain arrays of numbers are left to the reader of texts: prose has them too.
bool begins_json (std::string_view text, std::size_t at)
{
  const std::size_t next = text.find_first_not_of (" \n\r\t", at + 1);
  if (text[at] != '{' && text[at] != '[')
    return false;
  if (next == std::string_view::npos)
    return false;
  return text[at] == '{' ? text[next] == '"' || text[next] == '}'
                         : text[next] == '{' || text[next] == '[';
}

std::optional<guint64> number_of (JsonNode *node)
{
  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return std::nullopt;
  if (json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) >= 0)
    return static_cast<guint64> (json_node_get_int (node));
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return std::nullopt;
  const std::string_view text = json_node_get_string (node);
  guint64 number = 0;
  const auto result = std::from_chars (text.data (), text.data () + text.size (), number);
  const bool is_whole = result.ec == std::errc () && result.ptr == text.data () + text.size ();
  return is_whole ? std::optional (number) : std::nullopt;
}

std::optional<double> score_of (JsonNode *node)
{
  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return std::nullopt;
  const GType type = json_node_get_value_type (node);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return std::nullopt;
  return json_node_get_double (node);
}

JsonNode *member_of (JsonObject *object, Names names)
{
  for (const char *name : names) {
    if (JsonNode *node = json_object_get_member (object, name))
      return node;
  }
  return nullptr;
}

// "found" is optional, and must agree with the rest where it is there.
void check_found (JsonObject *object, Reading &reading)
{
  JsonNode *found = json_object_get_member (object, "found");
  if (!found || !reading.is_read ())
    return;
  if (!JSON_NODE_HOLDS_VALUE (found) || json_node_get_value_type (found) != G_TYPE_BOOLEAN)
    reading.obstacle = kOtherShape;
  else if (json_node_get_boolean (found) == reading.present.empty ())
    reading.obstacle = "It contradicts itself: \"found\" and the frames do not agree.";
}

class MomentReader
{
 public:
  Reading read (JsonNode *root)
  {
    if (JSON_NODE_HOLDS_ARRAY (root))
      read_spans (json_node_get_array (root));
    else
      read_root (json_node_get_object (root));
    return std::move (reading_);
  }

 private:
  void fail (const char *obstacle) { reading_.obstacle = obstacle; }

  void read_root (JsonObject *object)
  {
    JsonNode *spans = member_of (object, {"spans", "segments", "intervals", "ranges", "moments"});
    JsonNode *frames = member_of (object, {"frames", "frame_numbers", "numbers"});
    bool has_answer = true;
    if (spans && JSON_NODE_HOLDS_ARRAY (spans))
      read_spans (json_node_get_array (spans));
    else if (frames && JSON_NODE_HOLDS_ARRAY (frames))
      read_frames (json_node_get_array (frames));
    else if (!spans && !frames)
      has_answer = read_ends (object);
    else
      fail (kOtherShape);
    if (!has_answer && !json_object_has_member (object, "found"))
      fail (kOtherShape);
    check_found (object, reading_);
  }

  void read_spans (JsonArray *spans)
  {
    for (guint i = 0; i < json_array_get_length (spans) && reading_.is_read (); ++i) {
      JsonNode *span = json_array_get_element (spans, i);
      if (JSON_NODE_HOLDS_OBJECT (span)) {
        if (!read_ends (json_node_get_object (span)))
          fail (kOtherShape);
      } else if (JSON_NODE_HOLDS_ARRAY (span)) {
        read_pair (json_node_get_array (span));
      } else {
        fail (kOtherShape);
      }
    }
  }

  void read_frames (JsonArray *frames)
  {
    const guint length = json_array_get_length (frames);
    for (guint i = 0; i < length; ++i)
      add (json_array_get_element (frames, i), json_array_get_element (frames, i));
    reading_.is_pair = length == 2;
  }

  void read_pair (JsonArray *pair)
  {
    if (json_array_get_length (pair) == 2)
      add (json_array_get_element (pair, 0), json_array_get_element (pair, 1));
    else
      fail (kOtherShape);
  }

  bool read_ends (JsonObject *object)
  {
    for (const auto &names : kEndNames) {
      JsonNode *first = json_object_get_member (object, names.first);
      JsonNode *last = json_object_get_member (object, names.last);
      if (!first || !last)
        continue;
      add (first, last);
      return true;
    }
    return false;
  }

  void add (JsonNode *first, JsonNode *last)
  {
    const std::optional<guint64> from = number_of (first), to = number_of (last);
    if (from && to)
      reading_.present.push_back ({*from, *to});
    else
      fail ("A frame number in its JSON is not a whole number from 0.");
  }

  Reading reading_;
};

Reading read_highlights (JsonNode *root)
{
  JsonNode *list = JSON_NODE_HOLDS_ARRAY (root)
                       ? root
                       : member_of (json_node_get_object (root), {"highlights", "frames"});
  if (!list || !JSON_NODE_HOLDS_ARRAY (list))
    return unreadable (kOtherShape);
  Reading reading;
  JsonArray *array = json_node_get_array (list);
  for (guint i = 0; i < json_array_get_length (array); ++i) {
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      return unreadable (kOtherShape);
    JsonObject *highlight = json_node_get_object (node);
    const auto number = number_of (member_of (highlight, {"number", "frame", "frame_number"}));
    const auto score = score_of (member_of (highlight, {"score", "saliency_score", "saliency"}));
    if (!number || !score)
      return unreadable ("A highlight in its JSON has no whole number or no score.");
    add_score (reading, *number, *score);
  }
  if (JSON_NODE_HOLDS_OBJECT (root))
    check_found (json_node_get_object (root), reading);
  return reading;
}

Reading read_description (JsonNode *root)
{
  JsonNode *numbers = JSON_NODE_HOLDS_OBJECT (root)
                          ? json_object_get_member (json_node_get_object (root), "numbers")
                          : nullptr;
  if (!numbers || !JSON_NODE_HOLDS_ARRAY (numbers))
    return unreadable (kOtherShape);
  Reading reading;
  JsonArray *array = json_node_get_array (numbers);
  for (guint i = 0; i < json_array_get_length (array); ++i) {
    const std::optional<guint64> number = number_of (json_array_get_element (array, i));
    if (!number)
      return unreadable ("A frame number in its JSON is not a whole number from 0.");
    reading.present.push_back ({*number, *number});
  }
  return reading;
}

}  // namespace

JsonAnswer find_json (std::string_view text)
{
  JsonAnswer answer;
  std::string_view found;
  for (std::size_t at = text.find_first_of ("{["); at != std::string_view::npos;
       at = text.find_first_of ("{[", at)) {
    if (!begins_json (text, at)) {
      ++at;
      continue;
    }
    const std::size_t end = find_close (text, at);
    if (end == std::string_view::npos) {
      answer.obstacle = "Its JSON is cut off, or nested too deeply.";
      return answer;
    }
    JsonNodePtr root (
        json_from_string (without_padding (text.substr (at, end - at)).c_str (), nullptr));
    if (root && answer.root && found != text.substr (at, end - at)) {
      answer.obstacle = "It has several JSON answers.";
      return answer;
    }
    if (root) {
      answer.root = std::move (root);
      found = text.substr (at, end - at);
    }
    at = end;
  }
  return answer;
}

std::optional<std::string> text_inside (JsonNode *root)
{
  if (!JSON_NODE_HOLDS_OBJECT (root) || json_object_get_size (json_node_get_object (root)) != 1)
    return std::nullopt;
  JsonNode *answer = json_object_get_member (json_node_get_object (root), "answer");
  if (!answer || !JSON_NODE_HOLDS_VALUE (answer) ||
      json_node_get_value_type (answer) != G_TYPE_STRING)
    return std::nullopt;
  return json_node_get_string (answer);
}

Reading read_object (GstNumproTask task, JsonNode *root)
{
  Reading reading = task == GST_NUMPRO_TASK_HIGHLIGHT  ? read_highlights (root)
                    : task == GST_NUMPRO_TASK_DESCRIBE ? read_description (root)
                                                       : MomentReader ().read (root);
  if (JSON_NODE_HOLDS_OBJECT (root)) {
    JsonObject *object = json_node_get_object (root);
    reading.first_seen = number_of (json_object_get_member (object, "first_seen"));
    reading.last_seen = number_of (json_object_get_member (object, "last_seen"));
  }
  return reading;
}

}  // namespace numpro
