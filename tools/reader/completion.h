/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "reply.h"

namespace reader {

/** An answer in the words of the API. */
struct Completion {
  std::string model;
  std::string content;
  std::string reasoning; /**< none if empty */
  std::string refusal;   /**< the same */
  std::string finish_reason = "stop";
  bool has_choices = true;
  std::size_t prompt_tokens = 0;

  Reply to_reply () const;
};

/** About as many tokens as models make of a text of so many bytes. */
std::size_t tokens_of_text (std::size_t bytes);

/** About as many tokens as Qwen2-VL makes of an image: one for 28x28 pixels. */
std::size_t tokens_of_image (int width, int height);

}  // namespace reader
