/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>
#include <string>
#include <vector>

#include "answertoken.h"
#include "reading.h"

namespace numpro {

/** Words that name frames: "from frame 3 to 9", "frames 3, 4 and 7-9", "第3帧到第9帧". */
struct Phrase {
  std::size_t begin, end;          /**< its tokens */
  std::vector<NumberRange> ranges; /**< as they stand, perhaps reversed */
  bool is_interval = false;        /**< says from where to where, not just one or some frames */
  bool is_loose = false;           /**< plain numbers, frames' only if nothing else is said */
  std::string flaw; /**< why it names no frames after all, "from frame 3 to the end" */
};

/** @param sentence tokens up to the end of a sentence, or a part of them */
std::vector<Phrase> find_phrases (std::span<const Token> sentence);

/** Whether the tokens name times: "3 seconds", "00:03". */
bool names_times (std::span<const Token> tokens);

/** Whether a list of words has this one. */
template <typename List>
bool is_one_of (const Token &token, const List &words)
{
  if (token.kind != Token::Kind::WORD)
    return false;
  for (std::string_view word : words) {
    if (token.text == word)
      return true;
  }
  return false;
}

}  // namespace numpro
