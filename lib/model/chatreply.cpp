/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "chatreply.h"

#include <glib.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

#include "gst/numpro/json.h"

namespace numpro {

namespace {

constexpr std::size_t kMaxMessage = 300;

// Null where there is no such member or element.
template <typename Key>
const Json &at (const Json &parent, Key key)
{
  static const Json kNone;
  if constexpr (std::is_integral_v<Key>)
    return parent.is_array () && key < parent.size () ? parent[key] : kNone;
  else
    return parent.is_object () && parent.contains (key) ? parent[key] : kNone;
}

std::string string_in (const Json &parent, const char *name)
{
  const Json &text = at (parent, name);
  return text.is_string () ? text.get<std::string> () : "";
}

// Null unless it is JSON.
Json parse_body (const std::string &body)
{
  try {
    return parse_json (body);
  } catch (const JsonError &) {
    return nullptr;
  }
}

// Content is a string, or parts of which some are text.
std::string content_of (const Json &message)
{
  std::string text = string_in (message, "content");
  if (const Json &parts = at (message, "content"); parts.is_array ()) {
    for (const Json &part : parts)
      text += string_in (part, "text");
  }
  return text;
}

std::string reasoning_of (const Json &message)
{
  const std::string text = string_in (message, "reasoning_content");
  return text.empty () ? string_in (message, "reasoning") : text;
}

bool is_blank (const std::string &text)
{
  return text.find_first_not_of (" \t\r\n") == std::string::npos;
}

// What a server says of a failure, as it may be shown. Some repeat the key that they do not take.
std::string showable (std::string text, const std::string &secret)
{
  constexpr std::string_view kHidden = "***";
  for (std::size_t at = 0; !secret.empty () && (at = text.find (secret, at)) != std::string::npos;
       at += kHidden.size ())
    text.replace (at, secret.size (), kHidden);
  std::replace_if (
      text.begin (), text.end (), [] (char c) { return g_ascii_iscntrl (c); }, ' ');
  if (text.size () > kMaxMessage) {
    const char *end = g_utf8_find_prev_char (text.c_str (), text.c_str () + kMaxMessage);
    text.resize (end ? static_cast<std::size_t> (end - text.c_str ()) : 0);
    text += "...";
  }
  return text;
}

// {"error": {"message": ...}}, {"error": ...}, {"message": ...}, {"detail": ...}
std::string message_in (const Json &body)
{
  const Json &object = body.is_array () ? at (body, 0u) : body;
  for (const Json *holder : {&at (object, "error"), &object}) {
    for (const char *name : {"message", "error", "detail"}) {
      if (const std::string text = string_in (*holder, name); !text.empty ())
        return text;
    }
  }
  return {};
}

}  // namespace

ChatReply read_chat_reply (const std::string &body, const std::string &secret)
{
  ChatReply reply;
  const Json root = parse_body (body);
  if (!root.is_object ()) {
    reply.problem = "the reply is no JSON object in UTF-8";
    return reply;
  }
  const Json &choice = at (at (root, "choices"), 0u);
  const Json &message = at (choice, "message");
  if (!message.is_object ()) {
    const std::string said = message_in (root);
    reply.problem =
        "the reply is no chat completion" + (said.empty () ? "" : ": " + showable (said, secret));
    return reply;
  }
  reply.text = content_of (message);
  if (is_blank (reply.text)) {
    reply.text = reasoning_of (message);
    reply.is_reasoning = !is_blank (reply.text);
  }
  const std::string finish = string_in (choice, "finish_reason");
  reply.is_cut = finish == "length";
  reply.is_filtered = finish == "content_filter";
  reply.model = string_in (root, "model");
  if (const Json &usage = at (root, "usage"); usage.is_object ())
    reply.usage = usage.dump ();
  return reply;
}

std::string error_message (const HttpReply &reply, const std::string &secret)
{
  if (reply.outcome != HttpReply::Outcome::kReply)
    return reply.problem;
  std::string text = "HTTP status " + std::to_string (reply.status);
  if (reply.status >= 300 && reply.status < 400)
    return text + ": the server sends elsewhere; set endpoint to where it says";
  std::string said = showable (message_in (parse_body (reply.body)), secret);
  // A sentence goes on, or ends, behind it.
  if (said.ends_with ('.') && !said.ends_with ("..."))
    said.pop_back ();
  return said.empty () ? text : text + ": " + said;
}

std::optional<unsigned> image_limit (const HttpReply &reply)
{
  if (reply.outcome != HttpReply::Outcome::kReply ||
      (reply.status != 400 && reply.status != 413 && reply.status != 422))
    return std::nullopt;
  std::string text = message_in (parse_body (reply.body));
  std::transform (text.begin (), text.end (), text.begin (), g_ascii_tolower);
  // A number may also limit something else, such as an image's bytes.
  const bool counts_images = text.find ("too many images") != std::string::npos ||
                             text.find ("number of images") != std::string::npos;
  for (const char *phrase :
       {"at most", "up to", "more than", "maximum of", "limit of", "limited to", " is"}) {
    for (std::size_t at = text.find (phrase); at != std::string::npos;
         at = text.find (phrase, at + 1)) {
      const char *number = text.c_str () + at + std::strlen (phrase);
      number += std::strspn (number, " :");
      unsigned limit = 0;
      const auto result = std::from_chars (number, text.c_str () + text.size (), limit);
      const bool followed = g_str_has_prefix (result.ptr, " image");
      if (result.ec == std::errc () && limit > 0 && (counts_images || followed))
        return limit;
    }
  }
  return std::nullopt;
}

}  // namespace numpro
