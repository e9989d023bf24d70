/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "description.h"

namespace numpro {

namespace {

using Kind = Token::Kind;

// Adds what is named at a word for frames, "frames 3-9, 12", and returns the token behind it; the
// one behind the word where that is nothing.
std::size_t add_named (std::span<const Token> tokens, const PhraseMatcher &phrases, std::size_t at,
                       Reading &reading)
{
  // One frame has one number: "frame 3, 4 people" names no other.
  const bool is_one = tokens[at].is ("frame");
  std::size_t end = at + 1, from = at - (at > 0 && tokens[at - 1].is ("between"));
  for (;;) {
    auto named = phrases.longest_at (from, Part::kRange);
    if (!named)
      named = phrases.longest_at (from, Part::kSingle);
    if (!named && from > at)
      named = {Part::kSingle, from + 1, {tokens[from].number}};
    if (!named)
      return end;
    reading.spans.push_back ({named->numbers.front (), named->numbers.back ()});
    from = end = named->end;
    while (from < tokens.size () && is_one_of (tokens[from], WordList::kListJoins))
      ++from;
    if (is_one || from == end || from == tokens.size () || tokens[from].kind != Kind::kNumber)
      return end;
  }
}

// Whether what is named ends here. It does not, or may not, in "frame 3/31", "frame 3 to 5 people",
// "frames 2 people", "frames 3-" and "frame 3, 4 people".
bool is_clear (std::span<const Token> tokens, std::size_t end)
{
  static constexpr std::string_view kEnds = ").;!?>", kPauses = ",:(";
  if (end == tokens.size () || tokens[end].kind == Kind::kLineEnd)
    return true;
  const Token &next = tokens[end], &other = end + 1 < tokens.size () ? tokens[end + 1] : next;
  const bool is_frame = is_one_of (other, WordList::kFrameMarks);
  if (next.kind == Kind::kWord)
    return tokens[end - 2].is ("frame") && !other.is_numeral () &&
           (!is_frame || is_one_of (next, WordList::kListJoins));
  if (next.is ("-"))
    return other.kind == Kind::kWord && !is_frame;
  return next.kind == Kind::kSign &&
         (kEnds.find (next.text) != kEnds.npos ||
          (kPauses.find (next.text) != kPauses.npos && !other.is_numeral ()));
}

// Where frames are named: at "frame", "frames" and "第".
bool names_frames (const Token &token)
{
  return token.is ("第") || is_one_of (token, WordList::kFrameNames);
}

}  // namespace

Reading read_description (std::span<const Token> tokens, const PhraseMatcher &phrases)
{
  Reading reading;
  for (std::size_t at = 0; at < tokens.size ();) {
    const std::size_t start = at++;
    if (!names_frames (tokens[start]))
      continue;
    at = add_named (tokens, phrases, start, reading);
    if (at == start + 1) {
      if (at < tokens.size () && tokens[at].kind == Kind::kDecimal)
        return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
      continue;
    }
    // "第3个人" is no frame.
    const bool is_other =
        tokens[start].is ("第") && !is_one_of (tokens[at - 1], WordList::kFrameCounters);
    if (is_other || !is_clear (tokens, at))
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
  }
  return reading;
}

}  // namespace numpro
