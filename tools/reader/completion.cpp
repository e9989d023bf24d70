/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "completion.h"

#include "json.h"
#include "owned.h"

namespace reader {

Reply Completion::to_reply () const
{
  const TextPtr id (g_uuid_string_random ());
  Json message = {{"role", "assistant"}, {"content", content}};
  if (!reasoning.empty ())
    message["reasoning_content"] = reasoning;
  if (!refusal.empty ())
    message["refusal"] = refusal;
  Json choices = Json::array ();
  if (has_choices)
    choices.push_back ({{"index", 0},
                        {"message", message},
                        {"logprobs", nullptr},
                        {"finish_reason", finish_reason}});
  const std::size_t tokens = tokens_of_text (content.size () + reasoning.size ());
  const Json completion = {{"id", std::string ("chatcmpl-") + id.get ()},
                           {"object", "chat.completion"},
                           {"created", g_get_real_time () / G_USEC_PER_SEC},
                           {"model", model},
                           {"choices", choices},
                           {"usage",
                            {{"prompt_tokens", prompt_tokens},
                             {"completion_tokens", tokens},
                             {"total_tokens", prompt_tokens + tokens}}}};
  return {200, "application/json", {}, dump_json_line (completion)};
}

std::size_t tokens_of_text (std::size_t bytes)
{
  return (bytes + 3) / 4;
}

std::size_t tokens_of_image (int width, int height)
{
  const int columns = (width + 27) / 28, rows = (height + 27) / 28;
  return static_cast<std::size_t> (columns) * static_cast<std::size_t> (rows);
}

}  // namespace reader
