/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace numpro {

/**
 * What a model says after it has thought aloud, without the tags that some put around an answer,
 * and the marks of its end.
 *
 * @return nothing when the reasoning does not end
 */
std::optional<std::string_view> without_reasoning (std::string_view text);

/**
 * The text without dress: lower case, ASCII digits, punctuation and spaces for their relatives, no
 * Markdown, no quotation marks or square brackets, no numbers of a list that counts up from 1. What
 * carries a meaning of its own is left as it is, and so is everything that is not known to carry
 * none.
 */
std::string plain_text (std::string_view text);

}  // namespace numpro
