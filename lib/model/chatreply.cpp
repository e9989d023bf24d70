/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "chatreply.h"

#include <glib.h>

#include <utility>

#include "errorwords.h"
#include "gst/numpro/json.h"
#include "httpurl.h"
#include "replybody.h"

namespace numpro {

namespace {

// Larger numbers are added as those with a point are.
constexpr guint64 kMaxExact = G_MAXINT64 / 2;

bool is_blank (const std::string &text)
{
  return text.find_first_not_of (" \t\r\n") == std::string::npos;
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

// What a server says of the costs is told beside the answer, and as that is.
Json without_secrets (const Json &json, const Secrets &secrets)
{
  if (json.is_string ())
    return secrets.hide_in_answer (json.get<std::string> ());
  if (!json.is_structured ())
    return json;
  Json shown = json.is_array () ? Json::array () : Json::object ();
  for (const auto &[name, member] : json.items ()) {
    if (json.is_array ())
      shown.push_back (without_secrets (member, secrets));
    else
      shown[secrets.hide_in_answer (name)] = without_secrets (member, secrets);
  }
  return shown;
}

// What the message says, or the model thought, or why it does not answer.
void read_text (const Json &message, ChatReply &reply)
{
  reply.text = content_of (message);
  if (!is_blank (reply.text))
    return;
  for (const char *place : {"/refusal", "/reasoning_content", "/reasoning"}) {
    const std::string text = text_at (message, place);
    if (is_blank (text))
      continue;
    reply.text = text;
    reply.is_refused = place == std::string_view ("/refusal");
    reply.is_reasoning = !reply.is_refused;
    return;
  }
  reply.text.clear ();
}

std::string status_words (const HttpReply &reply)
{
  const std::string status = std::to_string (reply.status);
  switch (reply.error_inside) {
    case HttpReply::Inside::kStatus:
      return "HTTP status 200 with error " + status;
    case HttpReply::Inside::kNoStatus:
      return "HTTP status 200 with an error";
    default:
      return "HTTP status " + status;
  }
}

std::string redirection (const std::string &location, const Secrets &secrets)
{
  const std::string there = showable (redirect_target (location), secrets);
  return there.empty () ? "the server sends elsewhere; set endpoint to where it says"
                        : "the server sends elsewhere; set endpoint to " + there;
}

}  // namespace

ChatReply read_chat_reply (const std::string &body, const Secrets &secrets)
{
  ChatReply reply;
  const Json root = read_reply_body (body);
  if (!root.is_object ()) {
    reply.problem = "the reply is no JSON object in UTF-8";
    return reply;
  }
  const Json::json_pointer at ("/choices/0/message");
  if (!root.contains (at) || !root[at].is_object ()) {
    const std::string said = error_words (root);
    reply.problem =
        "the reply is no chat completion" + (said.empty () ? "" : ": " + showable (said, secrets));
    return reply;
  }
  read_text (root[at], reply);
  reply.text = secrets.hide_in_answer (std::move (reply.text));
  const std::string finish = text_at (root, "/choices/0/finish_reason");
  reply.ending = ending_of (finish);
  reply.finish_reason = showable (finish, secrets);
  reply.model = secrets.hide_in_answer (text_at (root, "/model"));
  if (root.contains ("usage") && root["usage"].is_object ())
    reply.usage = dump_json_line (without_secrets (root["usage"], secrets));
  return reply;
}

std::string error_message (const HttpReply &reply, const Secrets &secrets)
{
  if (reply.outcome != HttpReply::Outcome::kReply)
    return reply.problem;
  const std::string text = status_words (reply);
  if (reply.status >= 300 && reply.status < 400)
    return text + ": " + redirection (reply.location, secrets);
  std::string said = showable (error_words (reply.body), secrets);
  // A sentence goes on, or ends, behind it.
  if (said.ends_with ('.') && !said.ends_with ("..."))
    said.pop_back ();
  return said.empty () ? text : text + ": " + said;
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
