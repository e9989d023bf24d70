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

// Copies the object or array that begins here, without the zeros that models pad numbers with and
// JSON does not have. Returns where it ends; npos where it does not.
std::size_t copy_json (std::string_view text, std::size_t open, std::string &json)
{
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = open; i < text.size (); ++i) {
    const char c = text[i], before = json.empty () ? ' ' : json.back ();
    const char after = i + 1 < text.size () ? text[i + 1] : ' ';
    if (!in_string && c == '0' && g_ascii_isdigit (after) && !g_ascii_isalnum (before) &&
        before != '.')
      continue;
    json += c;
    if (in_string && c == '\\') {
      json += after;
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      if (++depth > kMaxDepth)
        return std::string_view::npos;
    } else if (!in_string && (c == '}' || c == ']') && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
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

std::optional<guint64> number_of (const Json *value)
{
  if (value && value->is_number_unsigned ())
    return value->get<guint64> ();
  if (!value || !value->is_string ())
    return std::nullopt;
  const auto &text = value->get_ref<const std::string &> ();
  guint64 number = 0;
  const auto result = std::from_chars (text.data (), text.data () + text.size (), number);
  const bool is_whole = result.ec == std::errc () && result.ptr == text.data () + text.size ();
  return is_whole ? std::optional (number) : std::nullopt;
}

std::optional<double> score_of (const Json *value)
{
  return value && value->is_number () ? std::optional (value->get<double> ()) : std::nullopt;
}

// The first of these members that there is; null where the value is no object, or has none.
const Json *member_of (const Json &object, Names names)
{
  for (const char *name : names) {
    if (object.contains (name))
      return &object[name];
  }
  return nullptr;
}

// "found" is optional, and must agree with the rest where it is there.
void check_found (const Json &object, Reading &reading)
{
  const Json *found = member_of (object, {"found"});
  if (!found || !reading.is_read ())
    return;
  if (!found->is_boolean ())
    reading.obstacle = kOtherShape;
  else if (found->get<bool> () == reading.present.empty ())
    reading.obstacle = "It contradicts itself: \"found\" and the frames do not agree.";
}

class MomentReader
{
 public:
  Reading read (const Json &root)
  {
    if (root.is_array ())
      read_spans (root);
    else
      read_root (root);
    return std::move (reading_);
  }

 private:
  void fail (const char *obstacle) { reading_.obstacle = obstacle; }

  void read_root (const Json &object)
  {
    const Json *spans = member_of (object, {"spans", "segments", "intervals", "ranges", "moments"});
    const Json *frames = member_of (object, {"frames", "frame_numbers", "numbers"});
    bool has_answer = true;
    if (spans && spans->is_array ())
      read_spans (*spans);
    else if (frames && frames->is_array ())
      read_frames (*frames);
    else if (!spans && !frames)
      has_answer = read_ends (object);
    else
      fail (kOtherShape);
    if (!has_answer && !object.contains ("found"))
      fail (kOtherShape);
    check_found (object, reading_);
  }

  void read_spans (const Json &spans)
  {
    for (const Json &span : spans) {
      if (!reading_.is_read ())
        return;
      if (span.is_array () && span.size () == 2)
        add (&span[0], &span[1]);
      else if (!span.is_object () || !read_ends (span))
        fail (kOtherShape);
    }
  }

  void read_frames (const Json &frames)
  {
    for (const Json &frame : frames)
      add (&frame, &frame);
    reading_.is_pair = frames.size () == 2;
  }

  bool read_ends (const Json &object)
  {
    for (const auto &names : kEndNames) {
      if (!object.contains (names.first) || !object.contains (names.last))
        continue;
      add (&object[names.first], &object[names.last]);
      return true;
    }
    return false;
  }

  void add (const Json *first, const Json *last)
  {
    const std::optional<guint64> from = number_of (first), to = number_of (last);
    if (from && to)
      reading_.present.push_back ({*from, *to});
    else
      fail ("A frame number in its JSON is not a whole number from 0.");
  }

  Reading reading_;
};

Reading read_highlights (const Json &root)
{
  const Json *list = root.is_array () ? &root : member_of (root, {"highlights", "frames"});
  if (!list || !list->is_array ())
    return unreadable (kOtherShape);
  Reading reading;
  for (const Json &highlight : *list) {
    if (!highlight.is_object ())
      return unreadable (kOtherShape);
    const auto number = number_of (member_of (highlight, {"number", "frame", "frame_number"}));
    const auto score = score_of (member_of (highlight, {"score", "saliency_score", "saliency"}));
    if (!number || !score)
      return unreadable ("A highlight in its JSON has no whole number or no score.");
    add_score (reading, *number, *score);
  }
  check_found (root, reading);
  return reading;
}

Reading read_description (const Json &root)
{
  const Json *numbers = member_of (root, {"numbers"});
  if (!numbers || !numbers->is_array ())
    return unreadable (kOtherShape);
  Reading reading;
  for (const Json &value : *numbers) {
    const std::optional<guint64> number = number_of (&value);
    if (!number)
      return unreadable ("A frame number in its JSON is not a whole number from 0.");
    reading.present.push_back ({*number, *number});
  }
  return reading;
}

// Nothing where it is no JSON.
std::optional<Json> parse (std::string_view text)
{
  try {
    return parse_json (text);
  } catch (const JsonError &) {
    return std::nullopt;
  }
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
    std::string json;
    const std::size_t end = copy_json (text, at, json);
    if (end == std::string_view::npos)
      return {std::nullopt, "Its JSON is cut off, or nested too deeply."};
    const std::string_view source = text.substr (at, end - at);
    if (std::optional<Json> root = parse (json)) {
      if (answer.root && found != source)
        return {std::nullopt, "It has several JSON answers."};
      answer.root = std::move (root);
      found = source;
    }
    at = end;
  }
  return answer;
}

std::optional<std::string> text_inside (const Json &root)
{
  const Json *answer = root.size () == 1 ? member_of (root, {"answer"}) : nullptr;
  if (!answer || !answer->is_string ())
    return std::nullopt;
  return answer->get<std::string> ();
}

Reading read_object (GstNumproTask task, const Json &root)
{
  Reading reading = task == GST_NUMPRO_TASK_HIGHLIGHT  ? read_highlights (root)
                    : task == GST_NUMPRO_TASK_DESCRIBE ? read_description (root)
                                                       : MomentReader ().read (root);
  reading.first_seen = number_of (member_of (root, {"first_seen"}));
  reading.last_seen = number_of (member_of (root, {"last_seen"}));
  return reading;
}

}  // namespace numpro
