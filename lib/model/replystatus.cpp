/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "replystatus.h"

#include <charconv>

#include "askedwait.h"
#include "ending.h"
#include "errorwords.h"
#include "gst/numpro/json.h"
#include "replybody.h"
#include "retrypolicy.h"

namespace numpro {

namespace {

// Of an error that does not say which.
constexpr long kServerError = 500;

// Of an error's code, where that is one: a number, or digits in a text.
std::optional<long> status_in (const Json &error)
{
  if (!error.is_object () || !error.contains ("code"))
    return std::nullopt;
  const Json &code = error["code"];
  const std::string digits = code.is_string () ? code.get<std::string> () : dump_json_line (code);
  const char *end = digits.data () + digits.size ();
  long status = 0;
  const bool is_number = std::from_chars (digits.data (), end, status).ptr == end;
  return is_number && status >= 400 && status < 600 ? std::optional (status) : std::nullopt;
}

bool is_error (const Json &json, const char *place)
{
  const Json::json_pointer at (place);
  return json.contains (at) && !json[at].is_null () && json[at] != "" && json[at] != false &&
         json[at] != Json::object ();
}

// The error that stands where a completion should; null where there is none.
Json error_in (const Json &body)
{
  if (is_error (body, "/error"))
    return body["error"];
  // OpenRouter: what failed once the answer had begun.
  if (is_error (body, "/choices/0/error"))
    return body["choices"][0]["error"];
  // Older vLLM.
  if (text_at (body, "/object") == "error")
    return body;
  const std::string reason = text_at (body, "/choices/0/finish_reason");
  if (ending_of (reason) == Ending::kFailed)
    return {{"message", "the answer ended with finish_reason \"" + reason + "\""}};
  return nullptr;
}

}  // namespace

HttpReply read_status (HttpReply reply, const std::string &url)
{
  if (reply.outcome != HttpReply::Outcome::kReply)
    return reply;
  if (reply.is_success ()) {
    const Json error = error_in (read_reply_body (reply.body));
    if (error.is_null ())
      return reply;
    const std::optional<long> status = status_in (error);
    reply.error_inside = status ? HttpReply::Inside::kStatus : HttpReply::Inside::kNoStatus;
    reply.status = status.value_or (kServerError);
    reply.body = dump_json_line ({{"error", error}});
  }
  reply.refusal = refusal_of (reply.status, searchable_words (reply.body));
  if (reply.cure.empty ())
    reply.cure = cure_of (reply.refusal, reply.status, url);
  // What is said of this request comes before what is said of all.
  if (!reply.asked_wait && is_passing (reply)) {
    reply.asked_wait = wait_in_body (reply.body);
    if (!reply.asked_wait)
      reply.asked_wait = reply.limit_wait;
  }
  return reply;
}

}  // namespace numpro
