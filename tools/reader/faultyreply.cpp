/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "faultyreply.h"

#include "json.h"
#include "owned.h"

namespace reader {

namespace {

using Kind = Fault::Kind;

Reply come_back (const std::string &header, const std::string &value)
{
  Reply reply = Reply::error (429, "Rate limit reached. Try again later.");
  reply.headers.emplace_back (header, value);
  return reply;
}

std::string date_in (int seconds)
{
  const DateTimePtr now (g_date_time_new_now_utc ());
  const DateTimePtr then (g_date_time_add_seconds (now.get (), seconds));
  const TextPtr text (g_date_time_format (then.get (), "%a, %d %b %Y %H:%M:%S GMT"));
  return text.get ();
}

Reply too_many_images (int most)
{
  // In the words of vLLM.
  return Reply::error (
      400, "At most " + std::to_string (most) + " image(s) may be provided in one prompt.");
}

std::string half_of (const std::string &text)
{
  return text.substr (0, text.size () / 2);
}

std::string event (const Json &chunk)
{
  return "data: " + dump_json_line (chunk) + "\n\n";
}

std::string event (const std::string &content, const Json &finish_reason)
{
  return event ({{"object", "chat.completion.chunk"},
                 {"choices", Json::array ({{{"index", 0},
                                            {"delta", {{"content", content}}},
                                            {"finish_reason", finish_reason}}})}});
}

// The answer in two pieces, with a comment between them that keeps the connection alive.
Reply as_stream (Kind kind, const Completion &completion)
{
  const std::string first = half_of (completion.content);
  std::string body = event (first, nullptr) + ": keep-alive\n\n";
  if (kind == Kind::kStreamError)
    body += event ({{"error", {{"code", 502}, {"message", "The provider broke off"}}}});
  if (kind == Kind::kStream)
    body += event (completion.content.substr (first.size ()), completion.finish_reason) +
            "data: [DONE]\n\n";
  return {200, "text/event-stream", {}, body};
}

std::string compressed (const std::string &text)
{
  const ObjectPtr<GZlibCompressor> compressor (
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  std::string out (text.size () + 1024, '\0');
  gsize read = 0, written = 0;
  g_converter_convert (G_CONVERTER (compressor.get ()), text.data (), text.size (), out.data (),
                       out.size (), G_CONVERTER_INPUT_AT_END, &read, &written, nullptr);
  out.resize (written);
  return out;
}

// The answer as the fault has it sent.
Reply wrap (Kind kind, const Completion &completion)
{
  Reply reply = completion.to_reply ();
  switch (kind) {
    case Kind::kStream:
    case Kind::kStreamCut:
    case Kind::kStreamError:
      return as_stream (kind, completion);
    case Kind::kCreated:
      reply.status = 201;
      return reply;
    case Kind::kJsonThenDone:
      reply.body += "\n\ndata: [DONE]\n\n";
      return reply;
    case Kind::kGzip:
      reply.headers.emplace_back ("Content-Encoding", "gzip");
      reply.body = compressed (reply.body);
      return reply;
    default:
      return reply;
  }
}

}  // namespace

std::optional<Reply> reply_instead (const Fault &fault, const CompletionRequest &request)
{
  switch (fault.kind) {
    case Kind::kStatus400:
      return Reply::error (400, "This request is wrong, on purpose.");
    case Kind::kStatus401:
      return Reply::error (401, "Incorrect API key provided.");
    case Kind::kStatus403:
      return Reply::error (403, "You do not have access to this model.");
    case Kind::kStatus408:
      return Reply::error (408, "The request took too long.");
    case Kind::kStatus409:
      return Reply::error (409, "Conflict with another request.");
    case Kind::kStatus429:
      return Reply::error (429, "Rate limit reached.");
    case Kind::kRetryAfter:
      return come_back ("Retry-After", std::to_string (fault.argument));
    case Kind::kRetryAfterDate:
      return come_back ("Retry-After", date_in (fault.argument));
    case Kind::kRetryAfterMs:
      return come_back ("retry-after-ms", std::to_string (fault.argument));
    case Kind::kStatus500:
      return Reply::error (500, "The server had an error while processing your request.");
    case Kind::kStatus503:
      return Reply::error (503, "The server is overloaded.");
    case Kind::kHtml:
      return Reply{200, "text/html", {}, "<html><body><h1>Welcome!</h1></body></html>"};
    case Kind::kForeignJson:
      return Reply{200, "application/json", {}, R"({"status":"ok","result":[1,2,3]})"};
    case Kind::kImageCap:
      if (request.images.size () > static_cast<std::size_t> (fault.argument))
        return too_many_images (fault.argument);
      return std::nullopt;
    case Kind::kWorded:
      return fault.reply->to_request (request, fault.argument);
    default:
      return std::nullopt;
  }
}

Reply spoil (const Fault &fault, Completion completion)
{
  // A byte that no UTF-8 has; a JSON writer would not let it pass.
  constexpr char kPlaceholder[] = "NOT-UTF-8";
  switch (fault.kind) {
    case Kind::kNoChoices:
      completion.has_choices = false;
      break;
    case Kind::kReasoningOnly:
      completion.reasoning = std::move (completion.content);
      completion.content.clear ();
      break;
    case Kind::kLength:
      completion.content = half_of (completion.content);
      completion.finish_reason = "length";
      break;
    case Kind::kContentFilter:
      completion.content = half_of (completion.content);
      completion.finish_reason = "content_filter";
      break;
    case Kind::kFinish:
      completion.finish_reason = fault.text;
      break;
    case Kind::kRefusal:
      completion.refusal = std::move (completion.content);
      completion.content.clear ();
      break;
    case Kind::kOversized:
      completion.content.append (static_cast<std::size_t> (fault.argument) << 20, '.');
      break;
    case Kind::kNonUtf8:
      completion.content += kPlaceholder;
      break;
    default:
      break;
  }
  Reply reply = wrap (fault.kind, completion);
  if (fault.kind == Kind::kNonUtf8) {
    const std::string placeholder = kPlaceholder;
    reply.body.replace (reply.body.find (placeholder), placeholder.size (), "\xff\xfe\xc3");
  }
  return reply;
}

Delivery delivery_of (const Fault &fault)
{
  switch (fault.kind) {
    case Kind::kHang:
      return Delivery::kNever;
    case Kind::kReset:
      return Delivery::kReset;
    case Kind::kTruncated:
      return Delivery::kHalf;
    case Kind::kDrip:
      return Delivery::kDrip;
    default:
      return Delivery::kWhole;
  }
}

}  // namespace reader
