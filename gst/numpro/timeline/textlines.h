/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace numpro {

/** A line of a text, without its end. */
struct TextLine {
  std::size_t number; /**< counted from 1 */
  std::string_view text;
};

/** The lines of a text that may end with LF, CR LF or CR. */
std::vector<TextLine> lines_of (std::string_view text);

/** Without blanks and tabs at both ends. */
std::string_view trimmed (std::string_view text);

/** A text for a format that holds one line: what is white space or a control character is one
 * blank. */
std::string one_line (std::string_view text);

/** A text with each occurrence of a piece replaced by another. */
std::string replaced (std::string text, std::string_view piece, std::string_view by);

/** A whole number of 64 bits; nothing where there is anything else. */
std::optional<unsigned long long> whole_number (std::string_view text);

}  // namespace numpro
