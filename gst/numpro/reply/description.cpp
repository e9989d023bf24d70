/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "description.h"

namespace numpro {

namespace {

using Kind = Token::Kind;

std::optional<FoundPhrase> named_at (const PhraseMatcher &phrases, std::size_t at)
{
  const auto range = phrases.longest_at (at, Part::kRange);
  return range ? range : phrases.longest_at (at, Part::kSingle);
}

// Adds what is named from one token to another, and behind it: "frames 3-9, 12". Returns the token
// behind it; @p at where that is nothing.
std::size_t add_named (std::span<const Token> tokens, const PhraseMatcher &phrases, std::size_t at,
                       Reading &reading)
{
  std::size_t end = at, next = at;
  for (auto named = named_at (phrases, at); named;) {
    reading.spans.push_back ({named->numbers.front (), named->numbers.back ()});
    next = end = named->end;
    while (next < tokens.size () && is_one_of (tokens[next], kListJoins))
      ++next;
    // One frame has one number: "frame 3, 4 people" names no other.
    const bool goes_on = next > end && next < tokens.size () && !tokens[end - 2].is ("frame") &&
                         tokens[next].kind == Kind::kNumber;
    named = goes_on ? named_at (phrases, next) : std::nullopt;
    if (goes_on && !named)
      named = {Part::kSingle, next + 1, {tokens[next].number}};
  }
  return end;
}

// Whether what is named ends here. It does not, or may not, in "frame 3/31", "frame 3 to 5 people",
// "frames 2 people", "frames 3-", "frame 3, 4 people" and "picture frame 3 cm wide".
bool is_clear (std::span<const Token> tokens, std::size_t end, bool is_led)
{
  static constexpr std::string_view kEnds = ").;!?>", kPauses = ",:(";
  if (end == tokens.size () || tokens[end].kind == Kind::kLineEnd)
    return true;
  const Token &next = tokens[end], &other = end + 1 < tokens.size () ? tokens[end + 1] : next;
  const bool is_frame = is_one_of (other, kFrameMarks);
  if (next.kind == Kind::kWord)
    return is_led && tokens[end - 2].is ("frame") && !other.is_numeral () &&
           (!is_frame || is_one_of (next, kListJoins));
  if (next.is ("-"))
    return other.kind == Kind::kWord && !is_frame;
  return next.kind == Kind::kSign &&
         (kEnds.find (next.text) != kEnds.npos ||
          (kPauses.find (next.text) != kPauses.npos && !other.is_numeral ()));
}

// Where frames are named: at "frame", "frames" and "第".
bool names_frames (const Token &token)
{
  return token.is ("第") || is_one_of (token, kFrameNames);
}

}  // namespace

Reading read_description (std::span<const Token> tokens, const PhraseMatcher &phrases)
{
  Reading reading;
  for (std::size_t at = 0; at < tokens.size ();) {
    const std::size_t start = at++;
    if (!names_frames (tokens[start]))
      continue;
    // "in frame 3", "between frames 3 and 9"
    const auto led = start > 0 ? named_at (phrases, start - 1) : std::nullopt;
    const std::size_t end = add_named (tokens, phrases, start - led.has_value (), reading);
    if (end > start) {
      // "第3个人" is no frame.
      const bool is_other = tokens[start].is ("第") && !is_one_of (tokens[end - 1], kFrameCounters);
      if (is_other || !is_clear (tokens, end, led.has_value ()))
        return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
      at = end;
    } else if (at < tokens.size () && tokens[at].kind == Kind::kDecimal) {
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    }
  }
  return reading;
}

}  // namespace numpro
