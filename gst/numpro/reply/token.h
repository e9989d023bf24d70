/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <span>
#include <string_view>
#include <vector>

#include "gst/numpro/answerform.h"

namespace numpro {

/** A piece of a plain text. */
struct Token {
  enum class Kind {
    kWord,    /**< letters, with apostrophes inside; of Chinese and Japanese one character */
    kNumber,  /**< ASCII digits */
    kDecimal, /**< digits with a point or a comma inside */
    kLineEnd,
    kSign, /**< anything else: one character */
  };

  Kind kind;
  std::string_view text; /**< of the plain text, which has to live as long */
  guint64 number = 0;    /**< of kNumber */

  bool is (std::string_view word) const { return kind != Kind::kNumber && text == word; }
  bool is_numeral () const { return kind == Kind::kNumber || kind == Kind::kDecimal; }
};

/** Cuts a text as plain_text() makes it. Numbers of more than 64 bits become signs. */
std::vector<Token> tokenize (std::string_view plain);

/** Whether a token is one of these words. */
bool is_one_of (const Token &token, WordList list);

/** Whether a number is one of time: "3 s", "second 3", "0:03". */
bool is_time (std::span<const Token> tokens, std::size_t at);

}  // namespace numpro
