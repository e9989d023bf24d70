/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "completion.h"

#include "jsonwriter.h"

namespace reader {

Reply Completion::to_reply () const
{
  JsonWriter json;
  const TextPtr id (g_uuid_string_random ());
  const auto write_choice = [&] {
    json.number ("index", 0);
    json.object ("message", [&] {
      json.value ("role", "assistant");
      json.value ("content", content);
      if (!reasoning.empty ())
        json.value ("reasoning_content", reasoning);
    });
    json.null ("logprobs");
    json.value ("finish_reason", finish_reason);
  };
  const std::size_t tokens = tokens_of_text (content.size () + reasoning.size ());
  json.object ([&] {
    json.value ("id", std::string ("chatcmpl-") + id.get ());
    json.value ("object", "chat.completion");
    json.number ("created", g_get_real_time () / G_USEC_PER_SEC);
    json.value ("model", model);
    json.array ("choices", [&] {
      if (has_choices)
        json.object (write_choice);
    });
    json.object ("usage", [&] {
      json.number ("prompt_tokens", static_cast<gint64> (prompt_tokens));
      json.number ("completion_tokens", static_cast<gint64> (tokens));
      json.number ("total_tokens", static_cast<gint64> (prompt_tokens + tokens));
    });
  });
  return {200, "application/json", {}, json.text ()};
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
