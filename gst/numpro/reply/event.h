/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <vector>

#include "token.h"

namespace numpro {

/** What a question asks for. */
struct Event {
  std::vector<std::string> words; /**< as event_word() has them; empty where there are none */
  bool is_absence = false;        /**< something that is not to be seen: "not visible" is both */
  bool is_count = false;          /**< "how many": a number may be its answer */
};

Event event_of (const std::string &question);

/** A word of an event, without the ending of a plural, a verb's third person, or a genitive. */
std::string event_word (const Token &token);

/** Whether a word may be there or not in an event: articles, forms of "be" and "do". */
bool is_skipped_in_event (const Token &token);

}  // namespace numpro
