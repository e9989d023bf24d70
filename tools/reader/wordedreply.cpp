/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wordedreply.h"

#include "json.h"

namespace reader {

namespace {

using To = WordedReply::To;

constexpr int kNone = WordedReply::kNoArgument;

constexpr WordedReply kReplies[] = {
    // Caps on images.
    {"cap-sglang", 3, To::kManyImages, 400,
     R"({"object":"error","message":"Image count {images} exceeds limit {n} per request.","code":400})",
     "400 in SGLang's words if there are more images than this"},
    {"cap-anthropic", 3, To::kManyImages, 400,
     R"({"type":"error","error":{"type":"invalid_request_error",)"
     R"("message":"messages: too many images and documents: {images} + 0 > {n}"}})",
     "400 in Anthropic's words if there are more images than this"},
    {"cap-ollama", 1, To::kManyImages, 500,
     R"({"error":{"message":"this model only supports one image while more than one image requested",)"
     R"("type":"api_error","code":null}})",
     "500 in Ollama's words if there are more images than this, in which it is one"},
    {"cap-nim", 3, To::kManyImages, 422,
     R"({"detail":[{"type":"value_error","loc":["body","messages"],)"
     R"("msg":"At most {n} images are allowed"}]})",
     "422 in FastAPI's form if there are more images than this"},
    {"cap-openrouter", 3, To::kManyImages, 400,
     R"({"error":{"message":"Provider returned error","code":400,"metadata":{"raw":)"
     R"("{\"error\":{\"message\":\"This model supports up to {n} images\"}}"}}})",
     "400 with the words of another server in error.metadata.raw if there are more images than this"},
    {"cap-500", 3, To::kManyImages, 500,
     R"({"error":{"message":"At most {n} image(s) may be provided in one prompt."}})",
     "500 in vLLM's words if there are more images than this"},
    {"cap-in-200", 3, To::kManyImages, 200,
     R"({"error":{"code":400,"message":"At most {n} image(s) may be provided in one prompt."}})",
     "200 with an error in vLLM's words if there are more images than this"},
    {"cap-unnamed", 3, To::kManyImages, 400, R"({"error":{"message":"Too many images."}})",
     "400 that names no cap if there are more images than this"},
    {"cap-bytes", 3, To::kManyImages, 413,
     "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n</html>",
     "nginx's 413 if there are more images than this"},
    {"cap-context", 3, To::kManyImages, 400,
     R"({"error":{"message":"This model's maximum context length is 4096 tokens.",)"
     R"("code":"context_length_exceeded"}})",
     "400 about the length of the context if there are more images than this"},
    {"context-full", 0, To::kManyImages, 500,
     R"({"error":{"code":500,"message":"context full","type":"server_error"}})",
     "llama.cpp's 500 for want of context if there are more images than this"},

    // Forms of answers.
    {"no-enum", kNone, To::kLists, 400,
     R"([{"error":{"code":400,"message":"Invalid value at 'generation_config.response_schema.)"
     R"(properties[0].value.enum[0]' (TYPE_STRING), 0","status":"INVALID_ARGUMENT"}}])",
     "400 in Gemini's words if a schema lists numbers"},
    {"json-mode-only", kNone, To::kSchemas, 400,
     R"({"error":{"message":"This response_format type is unavailable now",)"
     R"("type":"invalid_request_error"}})",
     "400 in DeepSeek's words if there is a schema"},
    {"no-format", kNone, To::kFormats, 422,
     R"({"detail":[{"type":"extra_forbidden","loc":["body","response_format"],)"
     R"("msg":"response_format: extra inputs are not permitted"}]})",
     "422 if there is any response_format but text"},
    {"grammar", kNone, To::kSchemas, 500,
     R"({"error":{"code":500,"message":"failed to parse grammar","type":"server_error"}})",
     "llama.cpp's 500 if there is a schema"},

    // Errors in replies of status 200.
    {"error-in-200", 429, To::kAll, 200,
     R"({"error":{"code":{n},"message":"Provider returned error"}})",
     "200 with an error of this code in place of choices"},
    {"error-in-choice", 502, To::kAll, 200,
     R"({"choices":[{"finish_reason":"error","error":{"code":{n},"message":"The provider broke off"},)"
     R"("message":{"role":"assistant","content":"From 0 to 1"}}]})",
     "200 with a part of an answer, and an error of this code beside it"},

    // What passes.
    {"202", kNone, To::kAll, 202, "{}", "202, the server has begun with it"},
    {"424", kNone, To::kAll, 424, R"({"error":"a part that is needed is not there"})", "424"},
    {"425", kNone, To::kAll, 425, R"({"error":"too early"})", "425"},
    {"498", kNone, To::kAll, 498, R"({"error":{"message":"no capacity"}})", "Groq's 498"},
    {"loading", kNone, To::kAll, 503,
     R"({"error":{"code":503,"message":"Loading model","type":"unavailable_error"}})",
     "llama.cpp's 503 while it loads its model"},
    {"retry-in-body", 1, To::kAll, 429,
     R"([{"error":{"code":429,"message":"You exceeded your current quota. Please retry in {n}.2s.",)"
     R"("details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"{n}s"}]}}])",
     "Gemini's 429, with the seconds to wait in its body"},
    {"rate-limit-reset", 1, To::kAll, 429, R"({"error":{"message":"Rate limit exceeded"}})",
     "429 with X-RateLimit-Reset in seconds", "X-RateLimit-Reset", "{n}"},

    // What does not pass.
    {"quota", kNone, To::kAll, 429,
     R"({"error":{"message":"You exceeded your current quota, please check your plan.",)"
     R"("type":"insufficient_quota","code":"insufficient_quota"}})",
     "OpenAI's 429 where nothing is left to pay with"},
    {"no-images", kNone, To::kAll, 500,
     R"({"error":{"code":500,"message":"image input is not supported - hint: if this is unexpected, )"
     R"(you may need to provide the mmproj","type":"server_error"}})",
     "llama.cpp's 500 without --mmproj"},
    {"max-tokens", kNone, To::kAll, 400,
     R"({"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. )"
     R"(Use 'max_completion_tokens' instead.","param":"max_tokens"}})",
     "OpenAI's 400 for max_tokens"},
    {"temperature", kNone, To::kAll, 400,
     R"({"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model.",)"
     R"("param":"temperature"}})",
     "OpenAI's 400 for a temperature"},
    {"moderation", kNone, To::kAll, 403,
     R"({"error":{"code":403,"message":"Your input was flagged by moderation"}})",
     "403 for what the request is about"},
    {"country", kNone, To::kAll, 403,
     R"({"error":{"message":"Country, region, or territory not supported",)"
     R"("code":"unsupported_country_region_territory"}})",
     "OpenAI's 403 for where the request comes from"},
    {"blocked", kNone, To::kAll, 403,
     "<!DOCTYPE html>\n<html><head><title>Attention Required! | Cloudflare</title></head></html>",
     "Cloudflare's page of status 403"},
    {"html-error", kNone, To::kAll, 502,
     "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>",
     "nginx's page of status 502"},
    {"no-model", kNone, To::kAll, 404,
     R"({"object":"error","message":"The model `m` does not exist.","code":404})",
     "vLLM's 404 for a model that it has not"},
    {"not-found", kNone, To::kAll, 404, R"({"detail":"Not Found"})", "FastAPI's 404"},
    {"redirect", kNone, To::kAll, 308, "", "308, to another address", "Location",
     "https://user:password@api.example.com/v1/chat/completions"},
};

std::string filled (std::string_view text, const CompletionRequest &request, int n)
{
  std::string result (text);
  for (const auto &[name, value] :
       {std::pair<std::string, std::size_t> ("{n}", n), {"{images}", request.images.size ()}}) {
    for (std::size_t at = 0; (at = result.find (name, at)) != std::string::npos;)
      result.replace (at, name.size (), std::to_string (value));
  }
  return result;
}

bool concerns (To to, const CompletionRequest &request, int n)
{
  switch (to) {
    case To::kManyImages:
      return request.images.size () > static_cast<std::size_t> (n);
    case To::kLists:
      return request.schema &&
             dump_json_line (*request.schema).find ("\"enum\"") != std::string::npos;
    case To::kSchemas:
      return request.schema != nullptr;
    case To::kFormats:
      return request.has_format;
    default:
      return true;
  }
}

}  // namespace

std::optional<Reply> WordedReply::to_request (const CompletionRequest &request, int n) const
{
  if (!concerns (to, request, n))
    return std::nullopt;
  const char *type = body.starts_with ('<') ? "text/html" : "application/json";
  Reply reply{status, type, {}, filled (body, request, n)};
  if (!header.empty ())
    reply.headers.emplace_back (header, filled (value, request, n));
  return reply;
}

std::span<const WordedReply> worded_replies ()
{
  return kReplies;
}

}  // namespace reader
