/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event.h"

#include <algorithm>

#include "gst/numpro/answerform.h"
#include "plaintext.h"

namespace numpro {

namespace {

std::string stem (std::string_view word)
{
  struct Ending {
    std::string_view ending, instead;
  };
  // The first that fits.
  static constexpr Ending kEndings[] = {
      {"'s", ""},   {"sses", "ss"}, {"ss", "ss"},   {"us", "us"}, {"is", "is"},
      {"ies", "y"}, {"ches", "ch"}, {"shes", "sh"}, {"xes", "x"}, {"s", ""}};
  for (const auto &[ending, instead] : kEndings) {
    if (word.size () >= ending.size () + 2 && word.ends_with (ending))
      return std::string (word.substr (0, word.size () - ending.size ())).append (instead);
  }
  return std::string (word);
}

bool is_same (const Token &one, const Token &other)
{
  return one.is (other.text);
}

// Drops words of a list from the beginning of a question, or from its end.
void drop (std::vector<Token> &tokens, WordList list, bool from_end)
{
  const auto is_there = [&] (std::string_view text) {
    const std::vector<Token> words = tokenize (text);
    if (words.size () >= tokens.size ())
      return false;
    const auto first = from_end ? tokens.end () - std::ssize (words) : tokens.begin ();
    const bool is_here = std::equal (words.begin (), words.end (), first, is_same);
    if (is_here)
      tokens.erase (first, first + std::ssize (words));
    return is_here;
  };
  while (std::any_of (list.begin (), list.end (), is_there)) {
  }
}

bool has_one_of (const std::vector<Token> &tokens, WordList list)
{
  return std::any_of (list.begin (), list.end (), [&tokens] (std::string_view text) {
    const std::vector<Token> words = tokenize (text);
    return std::search (tokens.begin (), tokens.end (), words.begin (), words.end (), is_same) !=
           tokens.end ();
  });
}

}  // namespace

std::string event_word (const Token &token)
{
  return token.kind == Token::Kind::kNumber ? std::to_string (token.number) : stem (token.text);
}

bool is_skipped_in_event (const Token &token)
{
  static constexpr std::string_view kSigns = ",-.";
  return is_one_of (token, kArticles) || is_one_of (token, kAuxiliaries) ||
         (token.kind == Token::Kind::kSign && kSigns.find (token.text) != std::string_view::npos);
}

Event event_of (const std::string &question)
{
  const std::string plain = plain_text (question);
  std::vector<Token> tokens = tokenize (plain);
  while (!tokens.empty () && tokens.back ().kind == Token::Kind::kLineEnd)
    tokens.pop_back ();
  Event event;
  event.is_count = has_one_of (tokens, kCounts);
  event.is_absence = has_one_of (tokens, kAbsence) ||
                     (has_one_of (tokens, kNegations) && has_one_of (tokens, kSight));
  if (!tokens.empty () && tokens.back ().is ("?")) {
    tokens.pop_back ();
    drop (tokens, kOpenings, false);
    drop (tokens, kEndings, true);
  }
  // "no people"; "a man with no hat" may well be not visible.
  event.is_absence =
      event.is_absence || (!tokens.empty () && is_one_of (tokens[0], kLeadingNegations));
  bool has_own = false;
  for (const Token &token : tokens) {
    if (is_skipped_in_event (token))
      continue;
    event.words.push_back (event_word (token));
    has_own = has_own || std::find (kNoEvent.begin (), kNoEvent.end (), event.words.back ()) ==
                             kNoEvent.end ();
  }
  if (!has_own)
    event.words.clear ();
  return event;
}

}  // namespace numpro
