/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>
#include <string>
#include <vector>

#include "answerphrase.h"

namespace numpro {

/** A sentence of an answer, or the part of it before or after a "but". */
struct Statement {
  std::vector<NumberRange> ranges; /**< the frames that it names */
  bool is_interval = false;        /**< names them as "from ... to ..." */
  bool is_bare = false;            /**< says nothing but these frames: it is the answer itself */
  bool is_loose = false;           /**< plain numbers, see Phrase */
  bool denies = false;             /**< "not": the frames are where the event is not */
  bool says_never = false;         /**< "never visible", without frames */
  bool refuses = false;            /**< "I cannot see images", "unclear" */
  bool continues = false;          /**< "again", "also": adds to an earlier one */
  bool retracts = false;           /**< "Wait, ...": takes back what came before */
  std::string flaw;                /**< why its frames cannot be read */
};

/** Questions that the model asks itself are left out. */
std::vector<Statement> find_statements (std::span<const Token> tokens);

}  // namespace numpro
