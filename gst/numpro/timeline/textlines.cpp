/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textlines.h"

#include <charconv>

namespace numpro {

std::vector<TextLine> lines_of (std::string_view text)
{
  std::vector<TextLine> lines;
  while (!text.empty ()) {
    const std::size_t end = text.find_first_of ("\r\n");
    lines.push_back ({lines.size () + 1, text.substr (0, end)});
    if (end == std::string_view::npos)
      break;
    text.remove_prefix (end + (text.substr (end, 2) == "\r\n" ? 2 : 1));
  }
  return lines;
}

std::string_view trimmed (std::string_view text)
{
  const std::size_t first = text.find_first_not_of (" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr (first, text.find_last_not_of (" \t") - first + 1);
}

std::string one_line (std::string_view text)
{
  std::string line;
  bool is_between = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char> (c);
    if (byte <= ' ' || byte == 0x7f) {
      is_between = true;
      continue;
    }
    if (is_between && !line.empty ())
      line += ' ';
    is_between = false;
    line += c;
  }
  return line;
}

std::string replaced (std::string text, std::string_view piece, std::string_view by)
{
  for (std::size_t at = text.find (piece); at != std::string::npos;
       at = text.find (piece, at + by.size ()))
    text.replace (at, piece.size (), by);
  return text;
}

std::optional<unsigned long long> whole_number (std::string_view text)
{
  unsigned long long number = 0;
  const char *end = text.data () + text.size ();
  if (text.empty ())
    return std::nullopt;
  const auto [stopped, error] = std::from_chars (text.data (), end, number);
  if (error != std::errc () || stopped != end)
    return std::nullopt;
  return number;
}

}  // namespace numpro
