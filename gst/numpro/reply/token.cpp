/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "token.h"

#include <algorithm>
#include <charconv>

namespace numpro {

namespace {

using Kind = Token::Kind;

bool is_digit (char c)
{
  return g_ascii_isdigit (c);
}

std::size_t size_of_character (std::string_view text)
{
  return static_cast<std::size_t> (g_utf8_next_char (text.data ()) - text.data ());
}

bool is_one_word (gunichar c)
{
  switch (g_unichar_get_script (c)) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      return true;
    default:
      return false;
  }
}

bool is_letter (std::string_view text)
{
  const gunichar c = text.empty () ? 0 : g_utf8_get_char (text.data ());
  return (g_unichar_isalpha (c) || g_unichar_ismark (c)) && !is_one_word (c);
}

std::size_t size_of_word (std::string_view text)
{
  std::size_t size = size_of_character (text);
  if (!is_letter (text))
    return size;
  for (;;) {
    const bool is_inside = size < text.size () && text[size] == '\'';
    if (!is_letter (text.substr (std::min (size + is_inside, text.size ()))))
      return size;
    size += is_inside;
    size += size_of_character (text.substr (size));
  }
}

Token number_at (std::string_view text)
{
  const auto size_of_digits = [&text] (std::size_t from) {
    return static_cast<std::size_t> (
        std::find_if_not (text.begin () + static_cast<std::ptrdiff_t> (from), text.end (),
                          is_digit) -
        text.begin ());
  };
  const std::size_t whole = size_of_digits (0);
  if (whole + 1 < text.size () && text[whole] == '.' && is_digit (text[whole + 1]))
    return {Kind::kDecimal, text.substr (0, size_of_digits (whole + 1))};
  Token token = {Kind::kNumber, text.substr (0, whole)};
  if (std::from_chars (text.data (), text.data () + whole, token.number).ec != std::errc ())
    token.kind = Kind::kSign;
  return token;
}

// A dash, two of them, or an arrow in ASCII; 0 where there is none.
std::size_t size_of_dash (std::string_view text)
{
  for (std::string_view dash : {"-->", "->", "=>", "--", "-"}) {
    if (text.starts_with (dash))
      return dash.size ();
  }
  return 0;
}

Token token_at (std::string_view text)
{
  if (is_digit (text[0]))
    return number_at (text);
  if (text[0] == '\n')
    return {Kind::kLineEnd, text.substr (0, 1)};
  if (const std::size_t dash = size_of_dash (text); dash > 0)
    return {Kind::kSign, text.substr (0, dash)};
  const gunichar c = g_utf8_get_char (text.data ());
  if (is_letter (text) || is_one_word (c))
    return {Kind::kWord, text.substr (0, size_of_word (text))};
  return {Kind::kSign, text.substr (0, size_of_character (text))};
}

}  // namespace

std::vector<Token> tokenize (std::string_view plain)
{
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < plain.size ();) {
    // An apostrophe that is not inside a word is a quotation mark.
    if (plain[at] == ' ' || plain[at] == '\'') {
      ++at;
      continue;
    }
    Token token = token_at (plain.substr (at));
    at += token.text.size ();
    if (token.text[0] == '-' || token.text == "=>")
      token.text = "-";
    tokens.push_back (token);
  }
  return tokens;
}

}  // namespace numpro
