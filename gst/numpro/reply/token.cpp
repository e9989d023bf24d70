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

std::size_t size_of_digits (std::string_view text, std::size_t from)
{
  return std::min (text.find_first_not_of ("0123456789", from), text.size ()) - from;
}

// "3.5", "3,5" and "1,002" are no numbers of frames, "3,4,5" are three.
Token number_at (std::string_view text, std::size_t at)
{
  const auto is_between_digits = [text] (std::size_t sign, std::string_view signs) {
    return sign > 0 && sign < text.size () - 1 && signs.find (text[sign]) != signs.npos &&
           is_digit (text[sign - 1]) && is_digit (text[sign + 1]);
  };
  const std::size_t point = at + size_of_digits (text, at);
  const std::size_t end = point + 1 + size_of_digits (text, std::min (point + 1, text.size ()));
  if (is_between_digits (point, ".") ||
      (is_between_digits (point, ",") && !is_between_digits (at - 1, ",") &&
       !is_between_digits (end, ".,")))
    return {Kind::kDecimal, text.substr (at, end - at)};
  Token token = {Kind::kNumber, text.substr (at, point - at)};
  const char *last = text.data () + point;
  if (std::from_chars (token.text.data (), last, token.number).ec != std::errc ())
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

Token token_at (std::string_view plain, std::size_t at)
{
  const std::string_view text = plain.substr (at);
  if (is_digit (text[0]))
    return number_at (plain, at);
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
    Token token = token_at (plain, at);
    at += token.text.size ();
    if (token.text[0] == '-' || token.text == "=>")
      token.text = "-";
    tokens.push_back (token);
  }
  return tokens;
}

bool is_one_of (const Token &token, WordList list)
{
  return std::any_of (list.begin (), list.end (),
                      [&token] (const char *word) { return token.is (word); });
}

bool is_time (std::span<const Token> tokens, std::size_t at)
{
  // Two digits right behind a colon.
  const auto is_clock = [tokens] (std::size_t colon) {
    return colon > 0 && colon < tokens.size () - 1 && tokens[colon].is (":") &&
           tokens[colon - 1].is_numeral () && tokens[colon + 1].is_numeral () &&
           tokens[colon + 1].text.size () > 1 && is_digit (tokens[colon + 1].text[1]) &&
           tokens[colon].text.data () + 1 == tokens[colon + 1].text.data ();
  };
  const auto is_unit = [tokens] (std::size_t unit) {
    return unit < tokens.size () && is_one_of (tokens[unit], kUnitsOfTime);
  };
  return tokens[at].is_numeral () &&
         (is_unit (at + 1) || is_unit (at - 1) || is_clock (at + 1) || is_clock (at - 1));
}

}  // namespace numpro
