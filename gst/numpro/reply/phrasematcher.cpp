/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "phrasematcher.h"

#include <algorithm>

namespace numpro {

namespace {

using Kind = Token::Kind;
using Words = std::vector<std::string>;

}  // namespace

struct PhraseElement {
  char special = 0;  // # @ ~ ! * &, or none of them
  bool is_strict = false, is_optional = false;
  std::vector<Words> alternatives;  // of a word that is none of these
};

namespace {

struct Pattern {
  Part part;
  std::vector<PhraseElement> elements;
};

std::vector<std::string> split (std::string_view text, char at)
{
  std::vector<std::string> pieces;
  for (std::size_t from = 0; from <= text.size ();) {
    const std::size_t end = std::min (text.find (at, from), text.size ());
    if (end > from)
      pieces.emplace_back (text.substr (from, end - from));
    from = end + 1;
  }
  return pieces;
}

// As tokenize() cuts them, so that Chinese becomes characters.
Words alternative_of (std::string text)
{
  if (text == "^")
    return {"\n"};
  std::replace (text.begin (), text.end (), '_', ' ');
  Words words;
  for (const Token &token : tokenize (text))
    words.emplace_back (token.text);
  return words;
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
  if (text.size () == 1 && std::string_view ("#@~!*&").find (text[0]) != std::string_view::npos)
    element.special = text[0];
  else
    for (const std::string &alternative : split (text, '|'))
      element.alternatives.push_back (alternative_of (alternative));
  return element;
}

const std::vector<Pattern> &patterns ()
{
  static const std::vector<Pattern> all = [] {
    std::vector<Pattern> made;
    for (const Phrase &phrase : phrases ()) {
      made.push_back ({phrase.part, {}});
      for (const std::string &word : split (phrase.words, ' '))
        made.back ().elements.push_back (element_of (word));
    }
    return made;
  }();
  return all;
}

}  // namespace

PhraseMatcher::PhraseMatcher (std::span<const Token> tokens, const std::string &question)
    : tokens_ (tokens), event_ (event_of (question))
{
}

std::optional<FoundPhrase> PhraseMatcher::longest_at (std::size_t at,
                                                      std::optional<Part> part) const
{
  std::optional<FoundPhrase> longest;
  for (const Pattern &pattern : patterns ()) {
    if (part ? pattern.part != *part : pattern.part >= Part::kPronoun)
      continue;
    std::vector<guint64> numbers;
    const End end = match (pattern.elements, at, numbers);
    if (end && *end > at && (!longest || *end > longest->end))
      longest = {pattern.part, *end, std::move (numbers)};
  }
  return longest;
}

bool PhraseMatcher::contain (Part part) const
{
  for (std::size_t at = 0; at < tokens_.size (); ++at) {
    if (longest_at (at, part))
      return true;
  }
  return false;
}

bool PhraseMatcher::may_be_counts () const
{
  return event_.is_count && !names_frame (0, tokens_.size ());
}

// A word that may be left out is tried first, then left out.
PhraseMatcher::End PhraseMatcher::match (Elements elements, std::size_t at,
                                         std::vector<guint64> &numbers) const
{
  if (elements.empty ())
    return at;
  const PhraseElement &element = elements.front ();
  const std::size_t count = numbers.size ();
  if (const End end = match_one (element, skip_article (at), numbers)) {
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
      if (const End end = match_event (at, false); end || element.is_strict)
        return end;
      return end_of (Part::kPronoun);
    case '~':
      return match_event (at, true);
    case '!':
      return end_of (Part::kNot);
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
  const std::size_t start = at;
  at = skip_marks (at);
  if (at == tokens_.size () || tokens_[at].kind != Kind::kNumber ||
      (is_marked && !names_frame (start, at)))
    return std::nullopt;
  numbers.push_back (tokens_[at].number);
  ++at;
  return at + (at < tokens_.size () && is_one_of (tokens_[at], kFrameCounters));
}

// "frame number #", "frame:", and not a text of nothing but such words for each of them again.
std::size_t PhraseMatcher::skip_marks (std::size_t at) const
{
  constexpr std::size_t kMost = 3;
  const std::size_t start = at, end = std::min (at + kMost, tokens_.size ());
  while (at < end && is_one_of (tokens_[at], kFrameMarks))
    ++at;
  return at + (at > start && at < tokens_.size () && tokens_[at].is (":"));
}

// "number" and "#" alone may be before that of anything.
bool PhraseMatcher::names_frame (std::size_t start, std::size_t end) const
{
  const auto tokens = tokens_.subspan (start, end - start);
  return std::any_of (tokens.begin (), tokens.end (), [] (const Token &token) {
    return token.is ("第") || is_one_of (token, kFrameNames);
  });
}

PhraseMatcher::End PhraseMatcher::match_event (std::size_t at, bool is_denied) const
{
  bool has_denial = false;
  for (const std::string &word : event_.words) {
    // Not before the first word: whoever looks there comes again at the next one.
    while (&word != &event_.words.front () && at < tokens_.size ()) {
      const bool denies = is_denied && !has_denial && longest_at (at, Part::kNot);
      if (!denies && !is_skipped_in_event (tokens_[at]))
        break;
      has_denial = has_denial || denies;
      ++at;
    }
    if (at == tokens_.size () || event_word (tokens_[at]) != word)
      return std::nullopt;
    ++at;
  }
  return event_.words.empty () || has_denial != is_denied ? std::nullopt : End (at);
}

PhraseMatcher::End PhraseMatcher::match_words (std::span<const std::string> words,
                                               std::size_t at) const
{
  for (const std::string &word : words) {
    at = &word == &words.front () ? at : skip_article (at);
    if (at == tokens_.size () || !tokens_[at].is (word))
      return std::nullopt;
    ++at;
  }
  return at;
}

// One, and not a text of nothing but articles for each of them again.
std::size_t PhraseMatcher::skip_article (std::size_t at) const
{
  return at + (at < tokens_.size () && is_one_of (tokens_[at], kArticles));
}

}  // namespace numpro
