/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reader {

/** The words of a text in lower case, without what stands between them. */
std::vector<std::string> words_of (std::string_view text);

/** The sentences of a text. */
std::vector<std::string> sentences_of (std::string_view text);

}  // namespace reader
