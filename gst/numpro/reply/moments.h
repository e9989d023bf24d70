/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>

#include "phrasematcher.h"
#include "reading.h"

namespace numpro {

/**
 * Reads when an event is visible.
 *
 * An answer is read when it is nothing but phrases of the contract, in an order that leaves no
 * doubt. Anything else in it, and nothing of it is read.
 */
Reading read_moments (std::span<const Token> tokens, const PhraseMatcher &phrases);

/** Whether there is nothing but labels: "Here is the answer:". */
bool says_nothing (std::span<const Token> tokens, const PhraseMatcher &phrases);

}  // namespace numpro
