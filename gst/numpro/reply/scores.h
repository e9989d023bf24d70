/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>

#include "phrasematcher.h"
#include "reading.h"

namespace numpro {

/**
 * Reads the scores of highlights: the sentence that is asked for, or pairs of a frame and its
 * score. As with moments, all of the answer is understood or nothing of it is.
 */
Reading read_scores (std::span<const Token> tokens, const PhraseMatcher &phrases);

/** Adds one, which is an obstacle where it is not on the scale that was asked for. */
void add_score (Reading &reading, guint64 number, double score);

}  // namespace numpro
