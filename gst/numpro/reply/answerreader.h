/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>
#include <gst/numpro/prompt.h>

#include <string_view>

#include "reading.h"

namespace numpro {

/**
 * Reads what a model answered: all of it, or nothing.
 *
 * Reasoning and dress are taken off (plaintext). JSON of the asked form is read as such
 * (answerobject). Text is cut into words and numbers (token), which must be phrases of the contract
 * (answerform, phrasematcher) in an order that means something (moments, scores, description). Each
 * takes time in proportion to the text.
 *
 * @param text UTF-8
 */
Reading read_answer (GstNumproPrompt *prompt, std::string_view text);

/** Whether a model may be able to say what it meant by an answer with this obstacle. */
bool may_be_restated (GstNumproObstacle obstacle);

}  // namespace numpro
