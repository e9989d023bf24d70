/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompttemplate.h"

#include <algorithm>

namespace numpro {

namespace {

std::string list_of (std::span<const std::string_view> names)
{
  std::string list;
  for (std::string_view name : names)
    list += (list.empty () ? "{" : " {") + std::string (name) + "}";
  return list;
}

}  // namespace

PromptTemplate::PromptTemplate (std::string_view text, std::span<const std::string_view> names)
    : source_ (text)
{
  std::string plain;
  for (std::size_t at = 0; at < text.size (); ++at) {
    const char c = text[at];
    if (c != '{' && c != '}') {
      plain += c;
      continue;
    }
    if (text.substr (at + 1).starts_with (c)) {
      plain += c;
      ++at;
      continue;
    }
    const std::size_t end = text.find ('}', at);
    if (c == '}' || end == std::string_view::npos)
      throw TemplateError (std::string ("A \"") + c + "\" is alone; \"" + c + c +
                           "\" stands for the character itself.");
    const std::string_view name = text.substr (at + 1, end - at - 1);
    if (std::find (names.begin (), names.end (), name) == names.end ())
      throw TemplateError ("There is no {" + std::string (name) +
                           "}; there are: " + list_of (names) + ".");
    pieces_.push_back ({std::move (plain), false});
    pieces_.push_back ({std::string (name), true});
    plain.clear ();
    at = end;
  }
  pieces_.push_back ({std::move (plain), false});
}

std::string PromptTemplate::fill (
    const std::function<std::string (std::string_view name)> &value_of) const
{
  std::string filled;
  for (const Piece &piece : pieces_)
    filled += piece.is_name ? value_of (piece.text) : piece.text;
  return filled;
}

}  // namespace numpro
