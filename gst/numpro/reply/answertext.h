/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace numpro {

/**
 * What a model says after it has thought aloud, and inside the tags that some put around an answer.
 *
 * @return nothing when the reasoning does not end
 */
std::optional<std::string_view> without_reasoning (std::string_view text);

/**
 * The text without dress: lower case, ASCII digits, punctuation and spaces for all their
 * relatives, no Markdown.
 */
std::string plain_text (std::string_view text);

/** What follows the last "final answer:", "therefore", ... of a plain text; empty without one. */
std::string_view conclusion_of (std::string_view plain);

/** A plain text without the explanation that follows its answer. */
std::string_view without_explanation (std::string_view plain);

}  // namespace numpro
