/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <string_view>
#include <vector>

namespace numpro {

/** A word, number or sign of a plain text. */
struct Token {
  enum class Kind {
    NUMBER,   /**< a whole number that may be a frame's */
    QUANTITY, /**< any other number: decimal, negative, of a date, with a unit */
    TIME,     /**< 00:03, 3s */
    WORD,     /**< a word, or a Chinese character or phrase that means something here */
    DASH,
    COMMA,
    COLON,
    MARK,     /**< any other sign */
    END,      /**< of a sentence */
    QUESTION, /**< end of a sentence that asks */
  };

  Kind kind;
  std::string_view text;  /**< words: in lower case, Chinese ones that have a meaning in English */
  guint64 number = 0;     /**< of a NUMBER */
  double value = 0;       /**< of a NUMBER or a QUANTITY */
  bool too_large = false; /**< a NUMBER beyond 64 bits */

  bool is (std::string_view word) const { return kind == Kind::WORD && text == word; }
};

/** @param plain what plain_text() made; it must outlive the tokens */
std::vector<Token> tokenize (std::string_view plain);

}  // namespace numpro
