/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <string_view>
#include <vector>

namespace numpro {

/** A piece of a plain text. */
struct Token {
  enum class Kind {
    kWord,    /**< letters, with apostrophes inside; of Chinese and Japanese one character */
    kNumber,  /**< ASCII digits */
    kDecimal, /**< digits with a point inside */
    kLineEnd,
    kSign, /**< anything else: one character */
  };

  Kind kind;
  std::string_view text; /**< of the plain text, which has to live as long */
  guint64 number = 0;    /**< of kNumber */

  bool is (std::string_view word) const { return kind != Kind::kNumber && text == word; }
};

/** Cuts a text as plain_text() makes it. Numbers of more than 64 bits become signs. */
std::vector<Token> tokenize (std::string_view plain);

}  // namespace numpro
