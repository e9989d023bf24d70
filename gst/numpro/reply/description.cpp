/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "description.h"

#include <algorithm>

namespace numpro {

namespace {

using Kind = Token::Kind;

bool is_numeral (const Token &token)
{
  return token.kind == Kind::kNumber || token.kind == Kind::kDecimal;
}

bool is_in (const Token &token, std::span<const std::string_view> words)
{
  return std::find (words.begin (), words.end (), token.text) != words.end ();
}

// What a list or range that is not understood goes on with: "3/31", "3 to frame 5", "3 5", "3%",
// and "3-" where it is cut.
bool goes_on (std::span<const Token> tokens, std::size_t at)
{
  static constexpr std::string_view kEnds[] = {"%", "…"};
  static constexpr std::string_view kJoins[] = {"/",  "-",       "~",     ":",    "+",  "to", "of",
                                                "or", "through", "until", "till", "到", "至"};
  static constexpr std::string_view kListJoins[] = {",", "and", "、", "和"};
  if (at == tokens.size () || is_in (tokens[at], kEnds))
    return at < tokens.size ();
  if (is_in (tokens[at], kListJoins)) {
    ++at;
  } else if (is_in (tokens[at], kJoins)) {
    const bool is_dash = tokens[at].is ("-");
    while (++at < tokens.size () && is_one_of (tokens[at], frame_marks ())) {
    }
    if (is_dash && (at == tokens.size () || tokens[at].kind == Kind::kLineEnd))
      return true;
  }
  return at < tokens.size () && is_numeral (tokens[at]);
}

// The range, and those that follow it without a word: "frames 3-9, 15-18".
std::size_t add_ranges (std::span<const Token> tokens, const PhraseMatcher &phrases,
                        const FoundPhrase &range, Reading &reading)
{
  std::size_t at = range.end;
  reading.spans.push_back ({range.numbers[0], range.numbers[1]});
  while (at + 1 < tokens.size () && is_one_of (tokens[at], list_joins ())) {
    const auto next = phrases.longest_at (at + 1, Part::kRange);
    if (!next || !is_numeral (tokens[at + 1]))
      break;
    reading.spans.push_back ({next->numbers[0], next->numbers[1]});
    at = next->end;
  }
  return at;
}

// One frame has one number: "frame 3, 4 people" names no other.
std::size_t add_numbers (std::span<const Token> tokens, std::size_t at, const FoundNumbers &list,
                         Reading &reading)
{
  const bool is_one = tokens[at].is ("frame");
  for (guint64 number : list.numbers) {
    reading.spans.push_back ({number, number});
    if (is_one)
      break;
  }
  if (!is_one)
    return list.end;
  while (tokens[at].kind != Kind::kNumber)
    ++at;
  return at + 1;
}

// What is named here, if anything is.
std::size_t add_named (std::span<const Token> tokens, const PhraseMatcher &phrases, std::size_t at,
                       Reading &reading)
{
  const std::size_t before = at - (at > 0 && tokens[at - 1].is ("between"));
  if (const auto range = phrases.longest_at (before, Part::kRange))
    return add_ranges (tokens, phrases, *range, reading);
  const FoundNumbers list = phrases.numbers_at (at);
  return list.numbers.empty () ? at + 1 : add_numbers (tokens, at, list, reading);
}

// "frame 3 to 5 people", "frames 2 people": what looks like the last number may count something.
bool may_count (std::span<const Token> tokens, std::size_t start, std::size_t end)
{
  const bool is_followed = end < tokens.size () && tokens[end].kind == Kind::kWord;
  const bool is_marked = end > start + 1 && is_one_of (tokens[end - 2], frame_marks ());
  return is_followed &&
         (tokens[start].is ("frames") ? end == start + 2 : end > start + 2 && !is_marked);
}

// Where frames are named: at "frame", "frames" and "第".
bool names_frames (const Token &token)
{
  return token.is ("第") || is_one_of (token, frame_names ());
}

}  // namespace

Reading read_description (std::span<const Token> tokens, const PhraseMatcher &phrases)
{
  Reading reading;
  for (std::size_t at = 0; at < tokens.size ();) {
    const std::size_t start = at;
    at = names_frames (tokens[at]) ? add_named (tokens, phrases, at, reading) : at + 1;
    if (at < tokens.size () && tokens[at].kind == Kind::kDecimal && names_frames (tokens[at - 1]))
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    if (at == start + 1)
      continue;
    // "第3个人" is no frame.
    const bool is_other = tokens[start].is ("第") && !is_one_of (tokens[at - 1], frame_counters ());
    if (is_other || goes_on (tokens, at) || may_count (tokens, start, at))
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
  }
  return reading;
}

}  // namespace numpro
