/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "refusal.h"

#include <glib.h>

#include "httpurl.h"
#include "imagelimit.h"

namespace numpro {

namespace {

// Which statuses a row is about.
enum : unsigned {
  kBadRequest = 1 << 0,    // 400, 422
  kUnpaid = 1 << 1,        // 402
  kForbidden = 1 << 2,     // 403
  kNotFound = 1 << 3,      // 404
  kNotAllowed = 1 << 4,    // 405
  kTooLarge = 1 << 5,      // 413
  kTooMany = 1 << 6,       // 429
  kUnavailable = 1 << 7,   // 503, 504, 529
  kBroken = 1 << 8,        // others from 500 on
  kUnauthorized = 1 << 9,  // 401
  kOther = 1 << 10,
  kRequest = kBadRequest | kTooLarge | kBroken,
  kAny = ~0U,
};

unsigned kind_of (long status)
{
  switch (status) {
    case 400:
    case 422:
      return kBadRequest;
    case 401:
      return kUnauthorized;
    case 402:
      return kUnpaid;
    case 403:
      return kForbidden;
    case 404:
      return kNotFound;
    case 405:
      return kNotAllowed;
    case 413:
      return kTooLarge;
    case 429:
      return kTooMany;
    case 503:
    case 504:
    case 529:
      return kUnavailable;
    default:
      return status >= 500 ? kBroken : kOther;
  }
}

// The first row that fits counts. Words are patterns, in small letters.
constexpr struct {
  unsigned statuses;
  const char *words;
  Refusal refusal;
} kRows[] = {
    {kUnauthorized, "*", Refusal::kKey},

    {kAny, "*insufficient_quota*", Refusal::kQuota},    // OpenAI. Its words are those of Gemini's
                                                        // limits by the minute, which pass.
    {kAny, "*insufficient balance*", Refusal::kQuota},  // DeepSeek
    {kAny, "*insufficient credits*", Refusal::kQuota},  // OpenRouter
    {kAny, "*credit balance is too low*", Refusal::kQuota},  // Anthropic
    {kUnpaid, "*", Refusal::kQuota},

    // Ollama: a model that could not be loaded.
    {kBroken | kUnavailable, "*error loading model*", Refusal::kNone},
    {kBroken | kUnavailable, "*loading model*", Refusal::kLoading},  // llama.cpp, Ollama
    {kBroken | kUnavailable, "*loading the model*", Refusal::kLoading},
    {kBroken | kUnavailable, "*currently loading*", Refusal::kLoading},  // Hugging Face
    {kBroken | kUnavailable, "*model is loading*", Refusal::kLoading},
    {kBroken | kUnavailable, "*still loading*", Refusal::kLoading},
    {kBroken | kUnavailable, "*model*not ready*", Refusal::kLoading},  // servers before vLLM
    {kBroken | kUnavailable, "*warming up*", Refusal::kLoading},

    {kForbidden, "*moderat*", Refusal::kModeration},  // OpenRouter
    {kForbidden, "*flagged*", Refusal::kModeration},
    {kForbidden, "*content policy*", Refusal::kModeration},
    {kForbidden, "*country*", Refusal::kCountry},  // OpenAI
    {kForbidden, "*region*", Refusal::kCountry},
    {kForbidden, "*location is not supported*", Refusal::kCountry},  // Gemini
    {kBadRequest, "*location is not supported*", Refusal::kCountry},
    {kForbidden, "*cloudflare*", Refusal::kBarrier},
    {kForbidden, "*attention required*", Refusal::kBarrier},  // Cloudflare's page
    {kForbidden, "*just a moment*", Refusal::kBarrier},       // the same
    {kForbidden, "*blocked*", Refusal::kBarrier},
    {kForbidden, "*proxy*", Refusal::kBarrier},
    {kForbidden, "*firewall*", Refusal::kBarrier},
    {kForbidden, "*timeout*", Refusal::kBarrier},  // gpustack 3240
    {kForbidden, "*timed out*", Refusal::kBarrier},
    // What the key may do, or nothing at all.
    {kForbidden, "*key*", Refusal::kKey},
    {kForbidden, "*auth*", Refusal::kKey},
    {kForbidden, "*access*", Refusal::kKey},
    {kForbidden, "*permission*", Refusal::kKey},
    {kForbidden, "*credential*", Refusal::kKey},
    {kForbidden, "*forbidden*", Refusal::kKey},
    {kForbidden, "", Refusal::kKey},

    // vLLM, of both together with the length of the prompt.
    {kBadRequest, "*max_completion_tokens*too large*", Refusal::kSize},
    {kBadRequest, "*max_tokens*max_completion_tokens*", Refusal::kMaxTokens},  // OpenAI
    {kBadRequest, "*unsupported*max_tokens*", Refusal::kMaxTokens},
    {kBadRequest, "*temperature*not support*", Refusal::kTemperature},  // OpenAI
    {kBadRequest, "*unsupported*temperature*", Refusal::kTemperature},
    {kBadRequest, "*temperature*deprecated*", Refusal::kTemperature},  // Anthropic

    // llama.cpp 13566
    {kRequest, "*mmproj*", Refusal::kNoImages},
    {kRequest, "*image input is not supported*", Refusal::kNoImages},
    {kRequest, "*not support image*", Refusal::kNoImages},
    {kRequest, "*not support vision*", Refusal::kNoImages},
    {kRequest, "*vision is not supported*", Refusal::kNoImages},
    {kRequest, "*not a multimodal model*", Refusal::kNoImages},     // vLLM
    {kRequest, "*unknown variant*image_url*", Refusal::kNoImages},  // DeepSeek
    {kNotFound, "*support image input*", Refusal::kNoImages},       // OpenRouter

    {kRequest, "*response_format*", Refusal::kFormat},
    {kRequest, "*response_schema*", Refusal::kFormat},  // Gemini (pydantic-ai 1553)
    {kRequest, "*schema*", Refusal::kFormat},
    {kRequest, "*grammar*", Refusal::kFormat},  // llama.cpp, vLLM 15762
    {kRequest, "*guided*", Refusal::kFormat},   // older vLLM
    {kRequest, "*structured output*", Refusal::kFormat},
    {kRequest, "*enum*", Refusal::kFormat},

    // One picture that is wrong is still wrong among fewer.
    {kRequest, "*invalid image*", Refusal::kNone},
    {kRequest, "*decode*image*", Refusal::kNone},
    {kRequest, "*cannot identify image*", Refusal::kNone},
    {kRequest, "*image*base64*", Refusal::kNone},

    {kRequest, "*too many images*", Refusal::kImages},
    {kRequest, "*number of images*", Refusal::kImages},
    {kRequest, "*image count*", Refusal::kImages},
    {kRequest, "*multiple images*", Refusal::kImages},
    {kRequest, "*one image*", Refusal::kImages},
    {kRequest, "*single image*", Refusal::kImages},
    {kRequest, "*image*exceed*", Refusal::kImages},
    {kRequest, "*exceed*image*", Refusal::kImages},
    {kRequest, "*image*limit*", Refusal::kImages},
    {kRequest, "*limit*image*", Refusal::kImages},
    {kRequest, "*maximum*image*", Refusal::kImages},
    {kRequest, "*image*maximum*", Refusal::kImages},
    {kRequest, "*fewer images*", Refusal::kImages},

    {kRequest, "*context length*", Refusal::kSize},  // OpenAI, vLLM
    {kRequest, "*context_length*", Refusal::kSize},
    {kRequest, "*maximum context*", Refusal::kSize},
    {kRequest, "*context window*", Refusal::kSize},
    {kRequest, "*context size*", Refusal::kSize},  // llama.cpp
    {kRequest, "*exceed_context*", Refusal::kSize},
    {kRequest, "*context full*", Refusal::kSize},  // llama.cpp 14111
    {kRequest, "*context is full*", Refusal::kSize},
    {kRequest, "*kv cache*", Refusal::kSize},
    {kRequest, "*failed to process image*", Refusal::kSize},  // llama.cpp, for want of room
    {kRequest, "*maximum model length*", Refusal::kSize},     // vLLM
    {kRequest, "*max_model_len*", Refusal::kSize},
    {kRequest, "*input length*", Refusal::kSize},     // SGLang
    {kRequest, "*prompt*too long*", Refusal::kSize},  // Anthropic, Ollama
    {kRequest, "*input*too long*", Refusal::kSize},
    {kRequest, "*too large*", Refusal::kSize},
    {kRequest, "*too many tokens*", Refusal::kSize},
    {kRequest, "*token*exceed*", Refusal::kSize},
    {kRequest, "*exceed*token*", Refusal::kSize},
    {kTooMany, "*request too large*", Refusal::kSize},  // OpenAI, Groq: more than a minute's tokens
    {kTooLarge, "*", Refusal::kSize},                   // nginx: 1 MB by default

    {kBadRequest | kNotFound, "*not a valid model*", Refusal::kNoModel},  // OpenRouter
    {kBadRequest | kNotFound, "*invalid model*", Refusal::kNoModel},      // LiteLLM
    {kBadRequest | kNotFound, "*model_not_found*", Refusal::kNoModel},    // OpenAI
    {kNotFound, "*model*", Refusal::kNoModel},                            // vLLM, Ollama
    {kNotFound, "*", Refusal::kNoRoute},
    {kNotAllowed, "*", Refusal::kMethod},
};

std::string cure_of_route (const std::string &url)
{
  constexpr char kTwice[] = "/chat/completions/chat/completions";
  if (url.find (kTwice) != std::string::npos)
    return "set endpoint without /chat/completions at its end";
  if (url.find ("/v1") == std::string::npos)
    return "endpoint may want /v1 at its end";
  return "set endpoint to the base of the server's API, which most often ends in /v1";
}

}  // namespace

Refusal refusal_of (long status, const std::string &words)
{
  const unsigned kind = kind_of (status);
  if ((kind & kRequest) && named_image_limit (words))
    return Refusal::kImages;
  for (const auto &row : kRows) {
    if ((kind & row.statuses) && g_pattern_match_simple (row.words, words.c_str ()))
      return row.refusal;
  }
  return Refusal::kNone;
}

std::string cure_of (Refusal refusal, long status, const std::string &url)
{
  switch (refusal) {
    case Refusal::kImages:
    case Refusal::kSize:
      return "lower max-edge or batch-size, or set layout=grid";
    case Refusal::kNoImages:
      return "set model to one that takes images; llama.cpp wants --mmproj for them";
    case Refusal::kMaxTokens:
      return "put max_completion_tokens in place of max_tokens into request-options";
    case Refusal::kTemperature:
      return "take temperature out of request-options";
    case Refusal::kKey:
      return "set api-key, or NUMPRO_API_KEY in the environment";
    case Refusal::kModeration:
      return "the server's moderation refuses what it is asked or shown, not the key";
    case Refusal::kCountry:
      return "the server refuses where the request comes from, not the key";
    case Refusal::kBarrier:
      return "something before the server refuses it, not the key: a proxy, a firewall";
    case Refusal::kNoModel:
      return "set model to one that the server has";
    case Refusal::kNoRoute:
      return cure_of_route (url);
    case Refusal::kMethod:
      return cure_of_route (url);
    default:
      return status == 403 ? "the server may refuse something else than the key" : "";
  }
}

}  // namespace numpro
