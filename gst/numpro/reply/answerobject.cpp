/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerobject.h"

#include <glib.h>

#include <algorithm>
#include <charconv>

#include "gst/numpro/answerform.h"
#include "scores.h"

namespace numpro {

namespace {

// Null where there is none.
const Json *find (const Json &object, const char *name)
{
  const auto found = object.find (name);
  return found == object.end () ? nullptr : &*found;
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

// Every member is one of these: what is said in another one might change the rest.
bool has_only (const Json &object, std::initializer_list<const char *> names)
{
  return object.is_object () &&
         std::all_of (object.items ().begin (), object.items ().end (), [&] (const auto &item) {
           return std::find (names.begin (), names.end (), item.key ()) != names.end ();
         });
}

bool read_span (const Json &span, Reading &reading)
{
  if (!has_only (span, {member::kFirst, member::kLast}))
    return false;
  const auto first = number_of (find (span, member::kFirst));
  const auto last = number_of (find (span, member::kLast));
  if (first && last)
    reading.spans.push_back ({*first, *last});
  return first && last;
}

bool read_highlight (const Json &highlight, Reading &reading)
{
  if (!has_only (highlight, {member::kNumber, member::kScore}))
    return false;
  const auto number = number_of (find (highlight, member::kNumber));
  const Json *score = find (highlight, member::kScore);
  if (!number || !score || !score->is_number ())
    return false;
  add_score (reading, *number, score->get<double> ());
  return true;
}

bool read_number (const Json &value, Reading &reading)
{
  const auto number = number_of (&value);
  if (number)
    reading.spans.push_back ({*number, *number});
  return number.has_value ();
}

// The list of an answer, and how its items are read.
struct ListForm {
  const char *name;
  bool (*read_item) (const Json &, Reading &);
};

ListForm list_of (GstNumproTask task)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return {member::kHighlights, read_highlight};
    case GST_NUMPRO_TASK_DESCRIBE:
      return {member::kNumbers, read_number};
    default:
      return {member::kSpans, read_span};
  }
}

// A list, which may be left out where it is empty.
Reading read_list (const Json &root, const ListForm &form)
{
  Reading reading;
  const Json *list = find (root, form.name);
  const auto is_item = [&] (const Json &item) { return form.read_item (item, reading); };
  if (list && !(list->is_array () && std::all_of (list->begin (), list->end (), is_item)))
    return unreadable (GST_NUMPRO_OBSTACLE_SHAPE);
  return reading;
}

// A list, and whether it is empty in so many words.
Reading read_found (const Json &root, const ListForm &form)
{
  Reading reading = read_list (root, form);
  const Json *found = find (root, member::kFound);
  if (!reading.is_read ())
    return reading;
  if (!found ? reading.spans.empty () : !found->is_boolean ())
    return unreadable (GST_NUMPRO_OBSTACLE_SHAPE);
  if (found && found->get<bool> () == reading.spans.empty ())
    return unreadable (GST_NUMPRO_OBSTACLE_CONTRADICTION);
  return reading;
}

bool is_true (const Json &root, const char *name)
{
  const Json *value = find (root, name);
  return value && value->is_boolean () && value->get<bool> ();
}

}  // namespace

std::optional<FoundJson> find_json (std::string_view text)
{
  std::size_t open = text.find ('{'), next = open;
  // Others are those of LaTeX and of prose.
  while (open != text.npos && (next = text.find_first_not_of (" \n\r\t", open + 1)) != text.npos &&
         text[next] != '"' && text[next] != '}')
    open = text.find ('{', open + 1);
  if (open == text.npos || next == text.npos)
    return std::nullopt;
  const std::size_t end = std::max (text.rfind ('}') + 1, open);
  return FoundJson{parse_json (text.substr (open, end - open), Repeated::kRefused),
                   std::string (text.substr (0, open)) + "\n" + std::string (text.substr (end))};
}

Reading read_object (GstNumproTask task, const Json &root)
{
  const ListForm list = list_of (task);
  const bool has_found = task != GST_NUMPRO_TASK_DESCRIBE;
  if (!has_only (root, {list.name, has_found ? member::kFound : member::kDescription,
                        member::kFirstSeen, member::kLastSeen}))
    return unreadable (GST_NUMPRO_OBSTACLE_SHAPE);
  Reading reading = has_found ? read_found (root, list) : read_list (root, list);
  const auto first = number_of (find (root, member::kFirstSeen));
  const auto last = number_of (find (root, member::kLastSeen));
  if (first && last) {
    reading.first_seen = first;
    reading.last_seen = last;
  }
  return reading;
}

Reading read_restated_object (GstNumproTask task, const Json &root)
{
  // The frames that a description speaks of are spans here.
  const ListForm list = list_of (task == GST_NUMPRO_TASK_DESCRIBE ? GST_NUMPRO_TASK_MOMENT : task);
  if (!has_only (root, {list.name, member::kNever, member::kCannotTell}))
    return unreadable (GST_NUMPRO_OBSTACLE_SHAPE);
  const Reading reading = read_list (root, list);
  const bool is_never = is_true (root, member::kNever);
  const bool cannot_tell = is_true (root, member::kCannotTell);
  if (!reading.is_read ())
    return reading;
  if (is_never + cannot_tell + !reading.spans.empty () != 1)
    return unreadable (GST_NUMPRO_OBSTACLE_CONTRADICTION);
  return cannot_tell ? unreadable (GST_NUMPRO_OBSTACLE_CANNOT_TELL) : reading;
}

}  // namespace numpro
