/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "chatreply.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string_view>

#include "lib/base/owned.h"
#include "jsonnode.h"

namespace numpro {

namespace {

constexpr std::size_t kMaxMessage = 300;
// Far more than any reply has.
constexpr int kDeepest = 100;

// json-glib calls itself for each array inside another, and so overruns the stack.
bool is_too_deep (const std::string &json)
{
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size () && depth <= kDeepest; ++i) {
    const char c = json[i];
    if (c == '"')
      in_string = !in_string;
    else if (in_string)
      i += c == '\\';
    else if (c == '[' || c == '{')
      ++depth;
    else if (c == ']' || c == '}')
      --depth;
  }
  return depth > kDeepest;
}

JsonNodePtr parse (const std::string &text)
{
  // What is not UTF-8 would end up in messages and files.
  if (!g_utf8_validate (text.data (), static_cast<gssize> (text.size ()), nullptr) ||
      is_too_deep (text))
    return nullptr;
  const std::unique_ptr<JsonParser, decltype (&g_object_unref)> parser (json_parser_new (),
                                                                        g_object_unref);
  if (!json_parser_load_from_data (parser.get (), text.data (), static_cast<gssize> (text.size ()),
                                   nullptr))
    return nullptr;
  return JsonNodePtr (json_parser_steal_root (parser.get ()));
}

// Null unless there is such a member and it is of the type.
JsonObject *object_in (JsonObject *parent, const char *name)
{
  JsonNode *node = parent ? json_object_get_member (parent, name) : nullptr;
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : nullptr;
}

JsonArray *array_in (JsonObject *parent, const char *name)
{
  JsonNode *node = parent ? json_object_get_member (parent, name) : nullptr;
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : nullptr;
}

JsonObject *object_at (JsonArray *array, guint index)
{
  JsonNode *node = array && index < json_array_get_length (array)
                       ? json_array_get_element (array, index)
                       : nullptr;
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : nullptr;
}

std::string string_in (JsonObject *parent, const char *name)
{
  JsonNode *node = parent ? json_object_get_member (parent, name) : nullptr;
  if (!node || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return {};
  return json_node_get_string (node);
}

// Content is a string, or parts of which some are text.
std::string content_of (JsonObject *message)
{
  std::string text = string_in (message, "content");
  if (JsonArray *parts = array_in (message, "content")) {
    for (guint i = 0; i < json_array_get_length (parts); ++i)
      text += string_in (object_at (parts, i), "text");
  }
  return text;
}

std::string reasoning_of (JsonObject *message)
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
std::string message_in (const std::string &body)
{
  const JsonNodePtr root = parse (body);
  JsonNode *node = root.get ();
  if (node && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)))
    node = json_array_get_element (json_node_get_array (node), 0);
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return {};
  JsonObject *object = json_node_get_object (node);
  for (JsonObject *holder : {object_in (object, "error"), object}) {
    for (const char *name : {"message", "error", "detail"}) {
      if (const std::string text = string_in (holder, name); !text.empty ())
        return text;
    }
  }
  return {};
}

}  // namespace

ChatReply read_chat_reply (const std::string &body, const std::string &secret)
{
  ChatReply reply;
  const JsonNodePtr root = parse (body);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root.get ())) {
    reply.problem = "the reply is no JSON object in UTF-8";
    return reply;
  }
  JsonObject *object = json_node_get_object (root.get ());
  JsonObject *choice = object_at (array_in (object, "choices"), 0);
  JsonObject *message = object_in (choice, "message");
  if (!message) {
    const std::string said = message_in (body);
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
  reply.model = string_in (object, "model");
  if (object_in (object, "usage")) {
    const TextPtr usage (json_to_string (json_object_get_member (object, "usage"), FALSE));
    reply.usage = usage.get ();
  }
  return reply;
}

std::string error_message (const HttpReply &reply, const std::string &secret)
{
  if (reply.outcome != HttpReply::Outcome::kReply)
    return reply.problem;
  std::string text = "HTTP status " + std::to_string (reply.status);
  if (reply.status >= 300 && reply.status < 400)
    return text + ": the server sends elsewhere; set endpoint to where it says";
  std::string said = showable (message_in (reply.body), secret);
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
  std::string text = message_in (reply.body);
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
