/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerreader.h"

#include <algorithm>

#include "answerobject.h"
#include "answerscores.h"
#include "answerstatement.h"
#include "answertext.h"

namespace numpro {

namespace {

constexpr char kSeveral[] = "Several sentences name different frames.";
constexpr std::string_view kSeen = "numbers seen";
using Pointers = std::vector<const Statement *>;

bool names_same (const Statement &one, const Statement &other)
{
  return std::equal (one.ranges.begin (), one.ranges.end (), other.ranges.begin (),
                     other.ranges.end (), [] (const NumberRange &a, const NumberRange &b) {
                       return a.first == b.first && a.last == b.last;
                     });
}

// The statements of an answer, sorted by what they are good for.
struct Sorted {
  Pointers bare, intervals, mentions, denials;
  bool is_interleaved = false;  // prose between bare statements: these are titles
  bool says_never = false, refuses = false;
};

Sorted sort (const std::vector<Statement> &statements)
{
  Sorted sorted;
  bool prose_since_bare = false;
  for (const Statement &statement : statements) {
    sorted.says_never = sorted.says_never || statement.says_never;
    sorted.refuses = sorted.refuses || statement.refuses;
    if (statement.denies) {
      if (!statement.ranges.empty ())
        sorted.denials.push_back (&statement);
    } else if (statement.is_bare) {
      sorted.is_interleaved = sorted.is_interleaved || (prose_since_bare && !sorted.bare.empty ());
      prose_since_bare = false;
      sorted.bare.push_back (&statement);
    } else if (!statement.is_loose && !statement.ranges.empty ()) {
      (statement.is_interval ? sorted.intervals : sorted.mentions).push_back (&statement);
    }
    prose_since_bare = prose_since_bare || !statement.is_bare;
  }
  return sorted;
}

Reading read_bare (const Sorted &sorted)
{
  if (sorted.is_interleaved)
    return unreadable (kSeveral);
  Pointers all = sorted.bare;
  std::copy_if (sorted.intervals.begin (), sorted.intervals.end (), std::back_inserter (all),
                [] (const Statement *statement) { return statement->continues; });
  Reading reading;
  for (const Statement *statement : all) {
    if (!statement->flaw.empty ())
      return unreadable (statement->flaw);
    reading.present.insert (reading.present.end (), statement->ranges.begin (),
                            statement->ranges.end ());
    reading.is_pair = statement->is_loose && statement->ranges.size () == 2;
  }
  reading.is_pair = reading.is_pair && all.size () == 1;
  return reading;
}

Reading read_prose (const Pointers &statements)
{
  const Statement &first = *statements.front ();
  Reading reading;
  for (const Statement *statement : statements) {
    if (!statement->flaw.empty ())
      return unreadable (statement->flaw);
    if (statement != &first && names_same (first, *statement))
      continue;
    if (statement != &first && !statement->continues)
      return unreadable (kSeveral);
    reading.present.insert (reading.present.end (), statement->ranges.begin (),
                            statement->ranges.end ());
  }
  return reading;
}

Reading read_nothing (const Sorted &sorted)
{
  Reading reading;
  if (sorted.says_never)
    return reading;
  if (sorted.denials.empty ())
    return unreadable (sorted.refuses ? "The model says that it cannot tell."
                                      : "It names no frames.");
  reading.denies_only = true;
  return reading;
}

Reading read_statements (const std::vector<Statement> &statements)
{
  const Sorted sorted = sort (statements);
  Reading reading;
  if (!sorted.bare.empty ())
    reading = read_bare (sorted);
  else if (!sorted.intervals.empty ())
    reading = read_prose (sorted.intervals);
  else if (!sorted.mentions.empty ())
    reading = read_prose (sorted.mentions);
  else
    reading = read_nothing (sorted);
  if (!reading.present.empty () && sorted.says_never)
    return unreadable ("It contradicts itself: it names frames, and says that there are none.");
  for (const Statement *denial : sorted.denials) {
    if (!denial->flaw.empty () && reading.denies_only)
      return unreadable (denial->flaw);
    if (denial->flaw.empty ())
      reading.absent.insert (reading.absent.end (), denial->ranges.begin (), denial->ranges.end ());
  }
  return reading;
}

bool repeats_example (std::string_view plain)
{
  return plain.find ("from x to y") != std::string_view::npos;
}

Reading read_moments (std::string_view plain)
{
  const std::vector<Token> tokens = tokenize (plain);
  std::vector<Statement> statements = find_statements (tokens);
  const auto retraction = std::find_if (statements.rbegin (), statements.rend (),
                                        [] (const Statement &s) { return s.retracts; });
  if (retraction != statements.rend ())
    statements.erase (statements.begin (), retraction.base () - 1);
  Reading reading = read_statements (statements);
  if (!reading.is_read () && names_times (tokens))
    reading.obstacle = "It names times, not frames. " + reading.obstacle;
  if (!reading.is_read () && repeats_example (plain))
    reading.obstacle = "It repeats the example of the question.";
  return reading;
}

// Whether nothing is said about frames at all.
bool is_silent (const Reading &reading)
{
  return !reading.is_read () && reading.obstacle == "It names no frames.";
}

Reading read_conclusion (std::string_view plain)
{
  const std::string_view conclusion = conclusion_of (plain);
  if (!conclusion.empty ()) {
    const Reading reading = read_moments (conclusion);
    if (!is_silent (reading))
      return reading;
  }
  return read_moments (plain);
}

// A description names frames here and there.
Reading read_description (std::string_view plain)
{
  Reading reading;
  for (const Phrase &phrase : find_phrases (tokenize (plain))) {
    if (!phrase.is_loose && phrase.flaw.empty ())
      reading.present.insert (reading.present.end (), phrase.ranges.begin (), phrase.ranges.end ());
  }
  return reading;
}

// Takes "Numbers seen: 0 to 31" out of the text.
void take_seen (std::string &plain, Reading &seen)
{
  const std::size_t start = plain.rfind (kSeen);
  if (start == std::string::npos)
    return;
  std::size_t end = plain.find_first_of ("\n", start);
  if (end == std::string::npos)
    end = plain.size ();
  const std::vector<Token> tokens = tokenize (std::string_view (plain).substr (start, end - start));
  std::vector<guint64> numbers;
  for (const Token &token : tokens) {
    if (token.kind == Token::Kind::NUMBER && !token.too_large)
      numbers.push_back (token.number);
  }
  if (numbers.size () == 2) {
    seen.first_seen = numbers[0];
    seen.last_seen = numbers[1];
  }
  plain.replace (start, end - start, "\n");
}

Reading read_plain (GstNumproTask task, std::string_view plain)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return read_scores (plain);
    case GST_NUMPRO_TASK_DESCRIBE:
      return read_description (plain);
    default:
      return read_conclusion (without_explanation (plain));
  }
}

Reading read_text (GstNumproTask task, bool is_checked, std::string_view text)
{
  std::string plain = plain_text (text);
  Reading seen;
  if (is_checked)
    take_seen (plain, seen);
  if (plain.find_first_not_of (" \n") == std::string::npos)
    return unreadable ("It is empty.");
  Reading reading = read_plain (task, plain);
  reading.first_seen = seen.first_seen;
  reading.last_seen = seen.last_seen;
  return reading;
}

}  // namespace

Reading read_answer (GstNumproTask task, bool is_checked, std::string_view text)
{
  const std::optional<std::string_view> answer = without_reasoning (text);
  if (!answer)
    return unreadable ("It ends in the middle of its reasoning.");
  const JsonAnswer json = find_json (*answer);
  if (!json.obstacle.empty ())
    return unreadable (json.obstacle);
  if (!json.root)
    return read_text (task, is_checked, *answer);
  const std::optional<std::string> inner = text_inside (*json.root);
  return inner ? read_text (task, is_checked, *inner) : read_object (task, *json.root);
}

}  // namespace numpro
