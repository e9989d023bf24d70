/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "phrasematcher.h"

#include <algorithm>

#include "plaintext.h"

namespace numpro {

namespace {

using Kind = Token::Kind;
using Words = std::vector<std::string>;

}  // namespace

struct PhraseElement {
  char special = 0;  // # @ * &, or none of them
  bool is_strict = false, is_optional = false;
  std::vector<Words> alternatives;  // of a word that is none of these
};

namespace {

struct Pattern {
  Part part;
  std::vector<PhraseElement> elements;
};

// As tokenize() cuts them, so that Chinese becomes characters.
Words words_of (std::string_view text)
{
  Words words;
  for (const Token &token : tokenize (text))
    words.emplace_back (token.text);
  return words;
}

std::vector<std::string_view> split (std::string_view text, char at)
{
  std::vector<std::string_view> pieces;
  for (std::size_t from = 0; from <= text.size ();) {
    const std::size_t end = std::min (text.find (at, from), text.size ());
    if (end > from)
      pieces.push_back (text.substr (from, end - from));
    from = end + 1;
  }
  return pieces;
}

PhraseElement element_of (std::string_view text)
{
  PhraseElement element;
  element.is_optional = text.ends_with ('?');
  if (element.is_optional)
    text.remove_suffix (1);
  element.is_strict = text.size () == 2 && text[1] == '!';
  if (element.is_strict)
    text.remove_suffix (1);
  if (text.size () == 1 && std::string_view ("#@*&").find (text[0]) != std::string_view::npos)
    element.special = text[0];
  else
    for (std::string_view alternative : split (text, '|'))
      element.alternatives.push_back (alternative == "^" ? Words{"\n"} : words_of (alternative));
  return element;
}

const std::vector<Pattern> &patterns ()
{
  static const std::vector<Pattern> all = [] {
    std::vector<Pattern> made;
    for (const Phrase &phrase : phrases ()) {
      made.push_back ({phrase.part, {}});
      for (std::string_view word : split (phrase.words, ' '))
        made.back ().elements.push_back (element_of (word));
    }
    return made;
  }();
  return all;
}

// Without the ending of a plural, of a verb's third person, and of a genitive.
std::string stem (std::string_view word)
{
  std::string stem (word);
  const auto cut = [&stem] (std::string_view ending, std::string_view instead) {
    if (stem.size () < ending.size () + 2 || !stem.ends_with (ending))
      return false;
    stem.replace (stem.size () - ending.size (), ending.size (), instead);
    return true;
  };
  cut ("'s", "");
  for (const char *kept : {"ss", "us", "is"}) {
    if (stem.ends_with (kept))
      return stem;
  }
  if (!cut ("ies", "y") && !cut ("ches", "ch") && !cut ("shes", "sh") && !cut ("sses", "ss") &&
      !cut ("xes", "x"))
    cut ("s", "");
  return stem;
}

bool is_skipped_in_event (const Token &token)
{
  static constexpr std::string_view kSigns = ",-.";
  return is_one_of (token, articles ()) || is_one_of (token, auxiliaries ()) ||
         (token.kind == Kind::kSign && kSigns.find (token.text) != std::string_view::npos);
}

std::string event_word (const Token &token)
{
  return token.kind == Kind::kNumber ? std::to_string (token.number) : stem (token.text);
}

bool is_word (const std::string &word, const Token &token)
{
  return token.is (word);
}

// Drops one of these phrases from the beginning of a question, or from its end, if one is there.
bool drop (std::vector<Token> &tokens, std::span<const char *const> texts, bool from_end)
{
  for (const char *text : texts) {
    const Words words = words_of (text);
    if (words.size () >= tokens.size ())
      continue;
    const auto first = from_end ? tokens.end () - std::ssize (words) : tokens.begin ();
    if (std::equal (words.begin (), words.end (), first, is_word)) {
      tokens.erase (first, first + std::ssize (words));
      return true;
    }
  }
  return false;
}

// What a question is about: "red car" of "When is the red car visible?".
Words event_of (const std::string &question)
{
  const std::string plain = plain_text (question);
  std::vector<Token> tokens = tokenize (plain);
  while (!tokens.empty () && tokens.back ().kind == Kind::kLineEnd)
    tokens.pop_back ();
  if (!tokens.empty () && tokens.back ().is ("?")) {
    tokens.pop_back ();
    while (drop (tokens, question_openings (), false)) {
    }
    while (drop (tokens, question_endings (), true)) {
    }
  }
  Words words;
  for (const Token &token : tokens) {
    if (!is_skipped_in_event (token))
      words.push_back (event_word (token));
  }
  return words;
}

}  // namespace

bool asks_for_absence (const std::string &question)
{
  const std::string plain = plain_text (question);
  bool is_negated = false, is_about_sight = false;
  for (const Token &token : tokenize (plain)) {
    is_negated = is_negated || is_one_of (token, words_of_negation ());
    is_about_sight = is_about_sight || is_one_of (token, words_of_sight ());
    if (is_one_of (token, words_of_absence ()))
      return true;
  }
  return is_negated && is_about_sight;
}

bool is_one_of (const Token &token, std::span<const char *const> words)
{
  return std::any_of (words.begin (), words.end (),
                      [&] (const char *word) { return token.is (word); });
}

PhraseMatcher::PhraseMatcher (std::span<const Token> tokens, const std::string &question)
    : tokens_ (tokens), event_ (event_of (question))
{
}

std::size_t PhraseMatcher::skip_articles (std::size_t at) const
{
  while (at < tokens_.size () && is_one_of (tokens_[at], articles ()))
    ++at;
  return at;
}

std::optional<FoundPhrase> PhraseMatcher::longest_at (std::size_t at) const
{
  return longest_of (at, [] (Part part) { return part < Part::kPronoun; });
}

std::optional<FoundPhrase> PhraseMatcher::longest_at (std::size_t at, Part part) const
{
  return longest_of (at, [part] (Part other) { return other == part; });
}

template <typename IsWanted>
std::optional<FoundPhrase> PhraseMatcher::longest_of (std::size_t at, IsWanted is_wanted) const
{
  std::optional<FoundPhrase> longest;
  for (const Pattern &pattern : patterns ()) {
    std::vector<guint64> numbers;
    const End end = is_wanted (pattern.part) ? match (pattern.elements, at, numbers) : End ();
    if (end && *end > at && (!longest || *end > longest->end))
      longest = {pattern.part, *end, std::move (numbers)};
  }
  return longest;
}

bool PhraseMatcher::names_event () const
{
  for (std::size_t at = 0; at < tokens_.size (); ++at) {
    if (match_event (at))
      return true;
  }
  return false;
}

FoundNumbers PhraseMatcher::numbers_at (std::size_t at) const
{
  const auto is_here = [&] (std::string_view text) {
    return at < tokens_.size () && tokens_[at].is (text);
  };
  FoundNumbers found = {false, at, {}};
  at = skip_articles (at);
  const bool is_bracketed = is_here ("[");
  at += is_bracketed;
  const std::size_t marked = skip_marks (at);
  found.is_marked = marked > at;
  at = marked;
  for (std::size_t next = at; next < tokens_.size () && tokens_[next].kind == Kind::kNumber;) {
    found.numbers.push_back (tokens_[next].number);
    for (at = ++next; next < tokens_.size () && is_one_of (tokens_[next], list_joins ());)
      ++next;
    if (next == at)
      break;
  }
  if (is_bracketed && !is_here ("]"))
    return {false, found.end, {}};
  at += is_bracketed;
  if (at < tokens_.size () && is_one_of (tokens_[at], frame_counters ()))
    ++at;
  found.end = at;
  return found;
}

// A word that may be left out is tried first, then left out.
PhraseMatcher::End PhraseMatcher::match (Elements elements, std::size_t at,
                                         std::vector<guint64> &numbers) const
{
  if (elements.empty ())
    return at;
  const PhraseElement &element = elements.front ();
  const std::size_t count = numbers.size ();
  if (const End end = match_one (element, skip_articles (at), numbers)) {
    if (const End all = match (elements.subspan (1), *end, numbers))
      return all;
  }
  numbers.resize (count);
  return element.is_optional ? match (elements.subspan (1), at, numbers) : std::nullopt;
}

PhraseMatcher::End PhraseMatcher::match_one (const PhraseElement &element, std::size_t at,
                                             std::vector<guint64> &numbers) const
{
  const auto end_of = [&] (Part part) {
    const auto found = longest_at (at, part);
    return found ? std::optional (found->end) : std::nullopt;
  };
  switch (element.special) {
    case '#':
      return match_number (at, element.is_strict, numbers);
    case '@':
      if (const End end = match_event (at); end || element.is_strict)
        return end;
      return end_of (Part::kPronoun);
    case '*':
      return end_of (Part::kEverywhere);
    case '&':
      return end_of (Part::kSeenHead);
  }
  for (const Words &words : element.alternatives) {
    if (const End end = match_words (words, at))
      return end;
  }
  return std::nullopt;
}

PhraseMatcher::End PhraseMatcher::match_number (std::size_t at, bool is_marked,
                                                std::vector<guint64> &numbers) const
{
  // "number" alone may be that of anything.
  const std::size_t start = at;
  at = skip_marks (at);
  const bool names_frame = std::any_of (tokens_.begin () + static_cast<std::ptrdiff_t> (start),
                                        tokens_.begin () + static_cast<std::ptrdiff_t> (at),
                                        [] (const Token &token) { return !token.is ("number"); });
  if (at == tokens_.size () || tokens_[at].kind != Kind::kNumber || (is_marked && !names_frame))
    return std::nullopt;
  numbers.push_back (tokens_[at].number);
  ++at;
  return at < tokens_.size () && is_one_of (tokens_[at], frame_counters ()) ? at + 1 : at;
}

// "frame number #", and not a text of nothing but such words for each of them again.
std::size_t PhraseMatcher::skip_marks (std::size_t at) const
{
  constexpr std::size_t kMost = 3;
  const std::size_t end = std::min (at + kMost, tokens_.size ());
  while (at < end && is_one_of (tokens_[at], frame_marks ()))
    ++at;
  return at;
}

PhraseMatcher::End PhraseMatcher::match_event (std::size_t at) const
{
  for (const std::string &word : event_) {
    // Not before the first word: whoever looks there comes again at the next one.
    while (&word != &event_.front () && at < tokens_.size () && is_skipped_in_event (tokens_[at]))
      ++at;
    if (at == tokens_.size () || event_word (tokens_[at]) != word)
      return std::nullopt;
    ++at;
  }
  return event_.empty () ? std::nullopt : End (at);
}

PhraseMatcher::End PhraseMatcher::match_words (std::span<const std::string> words,
                                               std::size_t at) const
{
  for (const std::string &word : words) {
    at = skip_articles (at);
    if (at == tokens_.size () || !tokens_[at].is (word))
      return std::nullopt;
    ++at;
  }
  return at;
}

}  // namespace numpro
