/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>

#include "phrasematcher.h"
#include "reading.h"

namespace numpro {

/**
 * Whether an answer denies the event of its question. Models take what they could not see for what
 * is not there: it must have a negation, and nothing that says that it was not seen, or is there
 * after all. What else it denies, the red car or its driver, is not looked at.
 *
 * @param phrases of these tokens
 * @param whole the numbers of the batch
 */
bool denies_event (std::span<const Token> tokens, const PhraseMatcher &phrases, NumberRange whole);

}  // namespace numpro
