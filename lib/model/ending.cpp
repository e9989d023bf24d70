/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ending.h"

#include <glib.h>

#include <algorithm>

namespace numpro {

namespace {

// Only what is known to mean the end of the text is the end: "From 1 to 17" that is cut to "From 1
// to 1" reads like an answer. OpenAI has stop, length and content_filter; the others are those of
// servers that pass on what their model or their provider calls it.
constexpr struct {
  std::string_view reason;
  Ending ending;
} kEndings[] = {
    // Servers that leave the reason out or null once the text is there (llama.cpp's older ones,
    // gateways).
    {"", Ending::kWhole},
    {"stop", Ending::kWhole},           // OpenAI; Gemini's STOP
    {"eos", Ending::kWhole},            // Together, DeepInfra
    {"eos_token", Ending::kWhole},      // text-generation-inference
    {"end_turn", Ending::kWhole},       // Anthropic
    {"stop_sequence", Ending::kWhole},  // Anthropic, text-generation-inference

    {"length", Ending::kCut},             // OpenAI
    {"max_tokens", Ending::kCut},         // Anthropic; Gemini's MAX_TOKENS (inspect_ai 5143)
    {"max_output_tokens", Ending::kCut},  // OpenAI's Responses, behind gateways
    {"max_length", Ending::kCut},         // older Fireworks, MiniMax
    {"model_length", Ending::kCut},       // Mistral
    {"model_context_window_exceeded", Ending::kCut},  // Anthropic, Z.ai

    {"content_filter", Ending::kFiltered},        // OpenAI
    {"content_filtered", Ending::kFiltered},      // Bedrock
    {"guardrail_intervened", Ending::kFiltered},  // Bedrock
    {"refusal", Ending::kFiltered},               // Anthropic
    {"sensitive", Ending::kFiltered},             // Zhipu
    {"safety", Ending::kFiltered},                // these and the next ones Gemini
    {"recitation", Ending::kFiltered},
    {"blocklist", Ending::kFiltered},
    {"prohibited_content", Ending::kFiltered},
    {"spii", Ending::kFiltered},
    {"image_safety", Ending::kFiltered},

    {"error", Ending::kFailed},                         // OpenRouter, Mistral, vLLM
    {"abort", Ending::kFailed},                         // vLLM, SGLang (vllm 57082)
    {"network_error", Ending::kFailed},                 // Zhipu
    {"insufficient_system_resource", Ending::kFailed},  // DeepSeek
};

bool is_same (std::string_view one, std::string_view other)
{
  return std::equal (one.begin (), one.end (), other.begin (), other.end (),
                     [] (char a, char b) { return g_ascii_tolower (a) == g_ascii_tolower (b); });
}

}  // namespace

Ending ending_of (std::string_view finish_reason)
{
  for (const auto &known : kEndings) {
    if (is_same (known.reason, finish_reason))
      return known.ending;
  }
  return Ending::kUnknown;
}

}  // namespace numpro
