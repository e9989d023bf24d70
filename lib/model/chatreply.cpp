/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "chatreply.h"

#include <glib.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "gst/numpro/json.h"

namespace numpro {

namespace {

constexpr std::size_t kMaxMessage = 300;

// Larger numbers are added as those with a point are.
constexpr guint64 kMaxExact = G_MAXINT64 / 2;

// The text at a place such as "/choices/0"; empty where there is none.
std::string text_at (const Json &json, const std::string &place)
{
  const Json::json_pointer at (place);
  return json.contains (at) && json[at].is_string () ? json[at].get<std::string> () : "";
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
  std::string text = text_at (message, "/content");
  if (message.contains ("content") && message["content"].is_array ()) {
    for (const Json &part : message["content"])
      text += text_at (part, "/text");
  }
  return text;
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

std::string message_in (const Json &body)
{
  const std::string object = body.is_array () ? "/0" : "";
  for (const char *place :
       {"/error/message", "/error/error", "/error/detail", "/message", "/error", "/detail"}) {
    if (const std::string text = text_at (body, object + place); !text.empty ())
      return text;
  }
  return {};
}

void add_members (Json &sums, const Json &others)
{
  for (const auto &[name, other] : others.items ()) {
    Json &sum = sums[name];
    if (sum.is_null ())
      sum = other;
    else if (sum.is_object () && other.is_object ())
      add_members (sum, other);
    else if (sum.is_number_unsigned () && other.is_number_unsigned () &&
             sum.get<guint64> () <= kMaxExact && other.get<guint64> () <= kMaxExact)
      sum = sum.get<guint64> () + other.get<guint64> ();
    else if (sum.is_number () && other.is_number ())
      sum = sum.get<double> () + other.get<double> ();
  }
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
  const Json::json_pointer at ("/choices/0/message");
  if (!root.contains (at) || !root[at].is_object ()) {
    const std::string said = message_in (root);
    reply.problem =
        "the reply is no chat completion" + (said.empty () ? "" : ": " + showable (said, secret));
    return reply;
  }
  const Json &message = root[at];
  reply.text = content_of (message);
  if (is_blank (reply.text)) {
    const std::string thoughts = text_at (message, "/reasoning_content");
    reply.text = thoughts.empty () ? text_at (message, "/reasoning") : thoughts;
    reply.is_reasoning = !is_blank (reply.text);
  }
  const std::string finish = text_at (root, "/choices/0/finish_reason");
  reply.is_cut = finish == "length";
  reply.is_filtered = finish == "content_filter";
  reply.model = text_at (root, "/model");
  if (root.contains ("usage") && root["usage"].is_object ())
    reply.usage = dump_json_line (root["usage"]);
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

std::string add_usage (const std::string &one, const std::string &other)
{
  if (one.empty () || other.empty ())
    return one + other;
  Json sum = parse_json (one);
  add_members (sum, parse_json (other));
  return dump_json_line (sum);
}

}  // namespace numpro
