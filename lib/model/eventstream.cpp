/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "eventstream.h"

#include <algorithm>

#include "gst/numpro/json.h"
#include "replybody.h"

namespace numpro {

namespace {

constexpr char kEndedEarly[] = "the stream ended before the answer did";

// Members of a message whose pieces a stream brings one after the other.
constexpr const char *kTexts[] = {"reasoning_content", "reasoning", "refusal"};

/** Puts a completion together out of the chunks of a stream. */
class ChunkJoiner
{
 public:
  void add (const Json &chunk)
  {
    if (!chunk.is_object ())
      return;
    if (chunk.contains ("error") && !chunk["error"].is_null () && error_.is_null ())
      error_ = chunk["error"];
    if (model_.empty ())
      model_ = text_at (chunk, "/model");
    if (chunk.contains ("usage") && chunk["usage"].is_object ())
      usage_ = chunk["usage"];
    if (!chunk.contains ("choices") || !chunk["choices"].is_array ())
      return;
    for (const Json &choice : chunk["choices"]) {
      // One is asked for; where there are more, the others are not to be mixed into it.
      if (choice.is_object () && choice.value ("index", Json (0)) == 0)
        add_choice (choice);
    }
  }

  void set_error (Json error) { error_ = std::move (error); }

  void end () { is_ended_ = true; }

  Json completion () const
  {
    if (!error_.is_null ())
      return {{"error", error_}};
    if (!has_choice_)
      return {{"object", "chat.completion.chunk"}};
    if (!is_ended_ && finish_.empty ())
      return {{"error", {{"message", kEndedEarly}}}};
    Json choice = {{"message", message_}, {"finish_reason", finish_}};
    if (!choice_error_.is_null ())
      choice["error"] = choice_error_;
    return {{"model", model_}, {"choices", Json::array ({choice})}, {"usage", usage_}};
  }

 private:
  void add_choice (const Json &choice)
  {
    has_choice_ = true;
    if (choice.contains ("error"))
      choice_error_ = choice["error"];
    if (const std::string finish = text_at (choice, "/finish_reason"); !finish.empty ())
      finish_ = finish;
    // A whole message stands in place of its pieces.
    if (choice.contains ("message") && choice["message"].is_object ())
      message_ = choice["message"];
    else if (choice.contains ("delta") && choice["delta"].is_object ())
      add_delta (choice["delta"]);
  }

  void add_delta (const Json &delta)
  {
    append ("content", content_of (delta));
    for (const char *name : kTexts)
      append (name, text_at (delta, std::string ("/") + name));
  }

  void append (const char *name, const std::string &text)
  {
    if (text.empty ())
      return;
    Json &whole = message_[name];
    if (whole.is_string ())
      whole.get_ref<std::string &> () += text;
    else
      whole = text;
  }

  Json message_ = Json::object (), usage_, error_, choice_error_;
  std::string model_, finish_;
  bool has_choice_ = false, is_ended_ = false;
};

std::string_view next_line (std::string_view &rest)
{
  const std::size_t end = std::min (rest.find_first_of ("\r\n"), rest.size ());
  const std::string_view line = rest.substr (0, end);
  rest.remove_prefix (
      std::min (end + (rest.substr (end).starts_with ("\r\n") ? 2 : 1), rest.size ()));
  return line;
}

// What stands behind the name of a field; nothing where the line has another one.
bool take_field (std::string_view line, std::string_view name, std::string_view &value)
{
  if (!line.starts_with (name))
    return false;
  value = line.substr (name.size ());
  if (value.starts_with (' '))
    value.remove_prefix (1);
  return true;
}

/** Reads the lines of a stream (the "event stream" of the HTML standard, 9.2.5). */
class EventReader
{
 public:
  void read_line (std::string_view line)
  {
    std::string_view value;
    if (line.empty ())
      end_event ();
    else if (take_field (line, "event:", value))
      name_ = value;
    else if (take_field (line, "data:", value))
      add_data (value);
    // Comments, which keep the connection alive, and other fields say nothing.
  }

  Json result ()
  {
    // An event that breaks off is the end of a stream that did.
    take (data_);
    return is_broken_ ? Json () : joiner_.completion ();
  }

 private:
  // Some servers leave out the empty line behind an event.
  void add_data (std::string_view line)
  {
    if (data_.empty () && take (line))
      return;
    data_ += data_.empty () ? "" : "\n";
    data_ += line;
  }

  void end_event ()
  {
    if (!data_.empty () && !take (data_)) {
      if (name_ == "error")
        joiner_.set_error (data_);
      else
        is_broken_ = true;
    }
    data_.clear ();
    name_.clear ();
  }

  // Returns whether it is an event's whole data.
  bool take (std::string_view data)
  {
    if (data == "[DONE]") {
      joiner_.end ();
      return true;
    }
    try {
      const Json chunk = parse_json (data);
      if (name_ == "error" && !chunk.contains ("error"))
        joiner_.set_error (chunk);
      else
        joiner_.add (chunk);
      return true;
    } catch (const JsonError &) {
      return false;
    }
  }

  ChunkJoiner joiner_;
  std::string name_, data_;
  bool is_broken_ = false;
};

}  // namespace

bool is_event_stream (std::string_view body)
{
  body.remove_prefix (std::min (body.find_first_not_of (" \t\r\n"), body.size ()));
  for (const char *field : {"data:", "event:", "id:", "retry:", ":"}) {
    if (body.starts_with (field))
      return true;
  }
  return false;
}

Json read_event_stream (std::string_view body)
{
  EventReader reader;
  while (!body.empty ())
    reader.read_line (next_line (body));
  return reader.result ();
}

}  // namespace numpro
