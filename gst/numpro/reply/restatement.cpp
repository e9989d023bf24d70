/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "restatement.h"

#include <algorithm>
#include <set>

#include "answerobject.h"
#include "gst/numpro/batchnumbers.h"
#include "phrasematcher.h"
#include "plaintext.h"

namespace numpro {

namespace {

using Tokens = std::vector<Token>;

// Whether an answer names the batch's first or last number, or both, by words. What it says of a
// number beside another one is a bound of its own: "from 3 until 9".
bool names_bound (const Tokens &tokens, const PhraseMatcher &phrases, Part part, guint64 count)
{
  const auto numerals = std::count_if (tokens.begin (), tokens.end (),
                                       [] (const Token &token) { return token.is_numeral (); });
  for (std::size_t at = 0; at < tokens.size (); ++at) {
    const auto found = phrases.longest_at (at, part);
    if (found && (found->numbers.empty () ||
                  (part == Part::kAll ? found->numbers[0] == count : numerals == 1)))
      return true;
  }
  return false;
}

// What an answer names in digits, but for times, and by words for the batch's first and last.
std::set<double> named_numbers (const Tokens &tokens, const PhraseMatcher &phrases,
                                NumberRange whole)
{
  std::set<double> named;
  const auto add = [&named] (std::string_view digits) {
    named.insert (g_ascii_strtod (std::string (digits).c_str (), nullptr));
  };
  for (std::size_t at = 0; at < tokens.size (); ++at) {
    if (!tokens[at].is_numeral () || is_time (tokens, at))
      continue;
    // "3.5" also has a 3 and a 5: what looks like one number may be the end of a sentence.
    std::string digits (tokens[at].text);
    const std::size_t point = std::min (digits.find_first_of (".,"), digits.size ());
    add (digits.substr (0, point));
    if (point == digits.size ())
      continue;
    add (digits.substr (point + 1));
    digits[point] = '.';
    add (digits);
  }
  const auto names = [&] (Part part) {
    return names_bound (tokens, phrases, part, whole.last - whole.first + 1);
  };
  const bool is_all = names (Part::kAll);
  if (is_all || names (Part::kFirst))
    named.insert (static_cast<double> (whole.first));
  if (is_all || names (Part::kLast))
    named.insert (static_cast<double> (whole.last));
  return named;
}

// The first number of a reading that is not named.
std::optional<double> invented_number (const Reading &reading, const std::set<double> &named)
{
  std::vector<double> numbers;
  for (const NumberRange &range : reading.spans)
    numbers.insert (numbers.end (),
                    {static_cast<double> (range.first), static_cast<double> (range.last)});
  for (const NumberScore &score : reading.scores)
    numbers.push_back (score.score);
  const auto invented = std::find_if_not (numbers.begin (), numbers.end (),
                                          [&] (double number) { return named.contains (number); });
  return invented == numbers.end () ? std::nullopt : std::optional (*invented);
}

Reading read_object_of (GstNumproTask task, std::string_view text)
{
  const auto answer = without_reasoning (text);
  if (!answer)
    return unreadable (GST_NUMPRO_OBSTACLE_CUT);
  try {
    const auto json = find_json (*answer);
    return json ? read_restated_object (task, json->root)
                : unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
  } catch (const JsonError &) {
    return unreadable (GST_NUMPRO_OBSTACLE_SHAPE);
  }
}

bool ends_clause (const Token &token)
{
  return token.kind == Token::Kind::kLineEnd ||
         (token.kind == Token::Kind::kSign &&
          std::string_view (".,;!()").find (token.text) != std::string_view::npos);
}

// What a clause makes of "not visible".
enum class Clause { kDenies, kNeutral, kDoubtful };

class ClauseReader
{
 public:
  ClauseReader (const Tokens &tokens, const PhraseMatcher &phrases)
      : tokens_ (tokens), phrases_ (phrases)
  {
  }

  // Of the tokens from begin on, before end.
  Clause read (std::size_t begin, std::size_t end) const
  {
    for (const Part never : {Part::kNever, Part::kBareNever}) {
      if (is_all (begin, end, never))
        return Clause::kDenies;
    }
    if (is_all (begin, end, Part::kDenial))
      return Clause::kNeutral;
    if (denies_event (begin, end))
      return Clause::kDenies;
    const auto has = [&] (Part part) { return contains (begin, end, part); };
    const bool has_number =
        std::any_of (at (begin), at (end), [] (const Token &token) { return token.is_numeral (); });
    // "The feed was offline" is no "the frames show a street".
    const bool may_be_unseen = has (Part::kPicture) && !has (Part::kShow);
    return has_number || may_be_unseen || has (Part::kDoubt) || has (Part::kSight) ||
                   has (Part::kEvent)
               ? Clause::kDoubtful
               : Clause::kNeutral;
  }

 private:
  Tokens::const_iterator at (std::size_t place) const
  {
    return tokens_.begin () + static_cast<std::ptrdiff_t> (place);
  }

  bool contains (std::size_t begin, std::size_t end, Part part) const
  {
    for (std::size_t place = begin; place < end; ++place) {
      if (phrases_.longest_at (place, part))
        return true;
    }
    return false;
  }

  bool is_all (std::size_t begin, std::size_t end, Part part) const
  {
    const auto found = phrases_.longest_at (begin, part);
    return found && found->end == end;
  }

  // Whether one negation stands among words of the event and such as are in any answer. "No blue
  // car" may be about another event, and so may be what names only a little of this one.
  bool denies_event (std::size_t begin, std::size_t end) const
  {
    std::size_t negations = 0, names = 0;
    for (std::size_t at = begin; at < end;) {
      if (const auto negation = phrases_.longest_at (at, Part::kNegation)) {
        ++negations;
        at = negation->end;
      } else if (const std::size_t other = end_of_usual (at); other > at) {
        at = other;
      } else if (is_of_event (tokens_[at])) {
        ++names;
        ++at;
      } else {
        return false;
      }
    }
    return negations == 1 && 2 * names >= phrases_.event ().words.size () && names > 0;
  }

  // Behind what may stand in any answer; the same place where there is none.
  std::size_t end_of_usual (std::size_t at) const
  {
    for (const Part part : {Part::kEverywhere, Part::kSight, Part::kPicture, Part::kShow}) {
      if (const auto found = phrases_.longest_at (at, part))
        return found->end;
    }
    return at + is_skipped_in_event (tokens_[at]);
  }

  bool is_of_event (const Token &token) const
  {
    const std::vector<std::string> &words = phrases_.event ().words;
    return std::find (words.begin (), words.end (), event_word (token)) != words.end ();
  }

  const Tokens &tokens_;
  const PhraseMatcher &phrases_;
};

// Models take what they could not see for what is not there. So "never" is believed only where a
// clause of the answer denies the event, and no other one may take that back.
bool says_never (const Tokens &tokens, const PhraseMatcher &phrases)
{
  const ClauseReader reader (tokens, phrases);
  bool denies = false;
  for (std::size_t begin = 0; begin < tokens.size ();) {
    const auto from = tokens.begin () + static_cast<std::ptrdiff_t> (begin);
    const auto end = static_cast<std::size_t> (std::find_if (from, tokens.end (), ends_clause) -
                                               tokens.begin ());
    const Clause clause = end > begin ? reader.read (begin, end) : Clause::kNeutral;
    if (clause == Clause::kDoubtful)
      return false;
    denies = denies || clause == Clause::kDenies;
    begin = end + 1;
  }
  return denies && !phrases.event ().is_absence;
}

}  // namespace

Reading read_restatement (GstNumproTask task, const Restatement &restatement, NumberRange whole)
{
  const GstNumproObstacle why = restatement.obstacle;
  const Reading reading = read_object_of (task, restatement.text);
  if (!reading.is_read ())
    return reading.obstacle == GST_NUMPRO_OBSTACLE_CANNOT_TELL ||
                   reading.obstacle == GST_NUMPRO_OBSTACLE_SCORES
               ? reading
               : unreadable (why);

  const std::string plain =
      plain_text (without_reasoning (restatement.original).value_or (restatement.original));
  const Tokens tokens = tokenize (plain);
  const PhraseMatcher phrases (tokens, restatement.question);
  if (reading.spans.empty ())
    return says_never (tokens, phrases) ? reading : unreadable (GST_NUMPRO_OBSTACLE_CANNOT_TELL);
  if (why == GST_NUMPRO_OBSTACLE_CONTRADICTION || phrases.may_be_counts ())
    return unreadable (why);
  if (const auto number = invented_number (reading, named_numbers (tokens, phrases, whole)))
    return unreadable (GST_NUMPRO_OBSTACLE_INVENTED, number_text (*number));
  return reading;
}

}  // namespace numpro
