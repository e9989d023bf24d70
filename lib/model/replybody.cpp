/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "replybody.h"

#include "eventstream.h"
#include "gst/numpro/json.h"

namespace numpro {

namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kDone = "data: [DONE]";

// Null unless it is JSON.
Json parse_or_null (std::string_view text)
{
  try {
    return parse_json (text);
  } catch (const JsonError &) {
    return nullptr;
  }
}

// Some gateways end every reply as they end a stream (9router 3492).
std::string_view without_done (std::string_view body)
{
  body = body.substr (0, body.find_last_not_of (kBlank) + 1);
  return body.ends_with (kDone) ? body.substr (0, body.size () - kDone.size ()) : body;
}

}  // namespace

Json read_reply_body (const std::string &body)
{
  if (is_event_stream (body))
    return read_event_stream (body);
  return parse_or_null (without_done (body));
}

std::string content_of (const Json &message)
{
  std::string text = text_at (message, "/content");
  if (message.contains ("content") && message["content"].is_array ()) {
    for (const Json &part : message["content"])
      text += text_at (part, "/text");
  }
  return text;
}

std::string text_at (const Json &json, const std::string &place)
{
  const Json::json_pointer at (place);
  return json.contains (at) && json[at].is_string () ? json[at].get<std::string> () : "";
}

}  // namespace numpro
