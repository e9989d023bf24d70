/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerscores.h"

#include <algorithm>

#include "answerstatement.h"

namespace numpro {

namespace {

using Kind = Token::Kind;
using Tokens = std::span<const Token>;

constexpr double kLowest = 1, kHighest = 5;
// Frames that "from 3 to 9" may stand for: more than any batch has.
constexpr guint64 kMaxRange = 100000;

bool is_numeral (const Token &token)
{
  return token.kind == Kind::NUMBER || token.kind == Kind::QUANTITY;
}

std::vector<const Token *> numerals_of (Tokens tokens)
{
  std::vector<const Token *> numerals;
  for (const Token &token : tokens) {
    if (is_numeral (token))
      numerals.push_back (&token);
  }
  return numerals;
}

// Whether a line names a frame and its score: "Frame 3: 4.5", "3: 4.5", not "from 1 to 5".
bool is_pair (Tokens line)
{
  const auto first = std::find_if (line.begin (), line.end (), is_numeral);
  const auto names_frame = [] (const Token &token) {
    return token.is ("frame") || token.is ("frames") || token.is ("nth") || token.text == "#";
  };
  const bool has_to =
      std::any_of (line.begin (), line.end (), [] (const Token &token) { return token.is ("to"); });
  return !has_to && first->kind == Kind::NUMBER && !first->too_large &&
         (first == line.begin () || names_frame (*(first - 1)));
}

// "Frame 3: 4.5", one to a line or with commas between. Nothing where it is not all like this.
std::vector<NumberScore> read_pairs (Tokens tokens)
{
  std::vector<NumberScore> pairs;
  for (std::size_t start = 0; start < tokens.size ();) {
    std::size_t end = start;
    while (end < tokens.size () && tokens[end].kind != Kind::END && tokens[end].kind != Kind::COMMA)
      ++end;
    const Tokens line = tokens.subspan (start, end - start);
    const auto numerals = numerals_of (line);
    if (!numerals.empty ()) {
      if (numerals.size () != 2 || !is_pair (line) || numerals[1]->value < 0)
        return {};
      pairs.push_back ({numerals[0]->number, numerals[1]->value});
    }
    start = end + 1;
  }
  return pairs;
}

// All frames that are named before the scores.
std::vector<guint64> read_frames (Tokens tokens)
{
  std::vector<guint64> frames;
  for (const Phrase &phrase : find_phrases (tokens)) {
    for (const NumberRange &range : phrase.ranges) {
      if (!phrase.flaw.empty () || range.last < range.first ||
          range.last - range.first + frames.size () > kMaxRange)
        return {};
      for (guint64 i = 0; i <= range.last - range.first; ++i)
        frames.push_back (range.first + i);
    }
  }
  const auto numerals = numerals_of (tokens);
  // "in the 12 frames" looks as if it counted.
  if (frames.empty () && numerals.size () == 1 && numerals[0]->kind == Kind::NUMBER &&
      !numerals[0]->too_large)
    frames.push_back (numerals[0]->number);
  return frames;
}

Reading read_lists (Tokens tokens)
{
  static constexpr std::string_view kScores[] = {"score", "scores"};
  std::size_t at = tokens.size ();
  while (at > 0 && !is_one_of (tokens[at - 1], kScores))
    --at;
  if (at == 0)
    return unreadable ("It has no scores.");
  const std::vector<guint64> frames = read_frames (tokens.first (at));
  const auto scores = numerals_of (tokens.subspan (at));
  if (frames.empty ())
    return unreadable ("It names no frames.");
  if (frames.size () != scores.size ())
    return unreadable ("It has " + std::to_string (frames.size ()) + " frames and " +
                       std::to_string (scores.size ()) + " scores.");
  Reading reading;
  for (std::size_t i = 0; i < frames.size (); ++i)
    add_score (reading, frames[i], scores[i]->value);
  return reading;
}

bool says_never (Tokens tokens)
{
  const std::vector<Statement> statements = find_statements (tokens);
  return std::any_of (statements.begin (), statements.end (),
                      [] (const Statement &statement) { return statement.says_never; });
}

}  // namespace

void add_score (Reading &reading, guint64 number, double score)
{
  if (!(score >= kLowest && score <= kHighest)) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (text, sizeof (text), "%g", score);
    reading.obstacle = std::string ("A score of ") + text + " is not from 1 to 5.";
    if (score < 0)
      reading.obstacle = "A score cannot be read.";
  }
  reading.scores.push_back ({number, score});
  reading.present.push_back ({number, number});
}

Reading read_scores (std::string_view plain)
{
  const std::vector<Token> tokens = tokenize (plain);
  if (numerals_of (tokens).empty ())
    return says_never (tokens) ? Reading () : unreadable ("It names no frames.");
  const std::vector<NumberScore> pairs = read_pairs (tokens);
  if (pairs.empty ())
    return read_lists (tokens);
  Reading reading;
  for (const NumberScore &pair : pairs)
    add_score (reading, pair.number, pair.score);
  return reading;
}

}  // namespace numpro
