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
          std::string_view (".,;:!?()").find (token.text) != std::string_view::npos);
}

// Whether an answer denies the event. Models take what they could not see for what is not there.
// So it must have a negation, and nothing that says that it was not seen, or is there after all.
class DenialReader
{
 public:
  DenialReader (const Tokens &tokens, const PhraseMatcher &phrases, NumberRange whole)
      : tokens_ (tokens), phrases_ (phrases), whole_ (whole)
  {
  }

  bool denies () const
  {
    bool denies = false;
    for (std::size_t begin = 0; begin < tokens_.size ();) {
      const auto from = tokens_.begin () + static_cast<std::ptrdiff_t> (begin);
      const auto end = static_cast<std::size_t> (std::find_if (from, tokens_.end (), ends_clause) -
                                                 tokens_.begin ());
      const Clause clause = read (begin, end);
      const bool is_asked = end < tokens_.size () && tokens_[end].is ("?");
      if (clause == Clause::kTakesBack || (clause == Clause::kDenies && is_asked))
        return false;
      denies = denies || clause == Clause::kDenies;
      begin = end + 1;
    }
    return denies && !phrases_.event ().is_absence;
  }

 private:
  enum class Clause { kDenies, kTakesBack, kNeutral };

  // What is in a clause, but for "in any of the frames" and the like.
  struct Words {
    int negations = 0;
    bool is_seen = false;      // "visible", the event
    bool names_event = false;  // a word of it
    bool has_subject = false, has_picture = false;
    bool has_doubt = false, has_part = false;
    std::size_t last = 0;  // behind the last negation
  };

  Clause read (std::size_t begin, std::size_t end) const
  {
    const auto is_all = [&] (Part part) {
      const auto found = phrases_.longest_at (begin, part);
      return found && found->end == end;
    };
    if (is_all (Part::kNever) || is_all (Part::kBareNever))
      return Clause::kDenies;
    const Words words = words_in (begin, end);
    if (words.has_doubt || is_all (Part::kAssent))
      return Clause::kTakesBack;
    if (words.negations == 0)
      return words.is_seen ? Clause::kTakesBack : Clause::kNeutral;
    if (words.negations > 1 || words.has_part || words.last == end)
      return Clause::kTakesBack;
    if (words.names_event)
      return Clause::kDenies;
    // "No images are visible", "as nothing moves".
    if (words.has_picture)
      return Clause::kTakesBack;
    return words.has_subject ? Clause::kDenies : Clause::kNeutral;
  }

  Words words_in (std::size_t begin, std::size_t end) const
  {
    Words words;
    for (std::size_t at = begin; at < end;) {
      if (const auto place = phrases_.longest_at (at, Part::kEverywhere)) {
        at = place->end;
        continue;
      }
      const auto is_a = [&] (Part part) { return phrases_.longest_at (at, part).has_value (); };
      const bool is_own = is_of_event (tokens_[at]);
      words.names_event |= is_own || is_a (Part::kPronoun);
      words.is_seen |= is_a (Part::kSight) || is_a (Part::kEvent);
      words.has_subject |= is_a (Part::kSubject);
      words.has_picture |= is_a (Part::kPicture);
      words.has_doubt |= !is_own && (is_a (Part::kDoubt) || names_part (tokens_[at]));
      words.has_part |= !is_own && is_a (Part::kPartOf);
      const auto negation = phrases_.longest_at (at, Part::kNegation);
      words.negations += negation.has_value ();
      at = negation ? negation->end : at + 1;
      words.last = negation ? at : words.last;
    }
    return words;
  }

  bool is_of_event (const Token &token) const
  {
    const std::vector<std::string> &words = phrases_.event ().words;
    return std::find (words.begin (), words.end (), event_word (token)) != words.end ();
  }

  // By a number other than the batch's bounds, and how many it has.
  bool names_part (const Token &token) const
  {
    const guint64 whole[] = {0, whole_.first, whole_.last, whole_.last - whole_.first + 1};
    return token.is_numeral () &&
           (token.kind == Token::Kind::kDecimal ||
            std::find (std::begin (whole), std::end (whole), token.number) == std::end (whole));
  }

  const Tokens &tokens_;
  const PhraseMatcher &phrases_;
  const NumberRange whole_;
};

}  // namespace

Reading read_restatement (GstNumproTask task, const Restatement &restatement, NumberRange whole)
{
  const GstNumproObstacle why = restatement.obstacle;
  // What the answer itself says of why it tells nothing is the better reason.
  const bool is_known = why == GST_NUMPRO_OBSTACLE_BLIND || why == GST_NUMPRO_OBSTACLE_REFUSED ||
                        why == GST_NUMPRO_OBSTACLE_TIMES;
  const Reading reading = read_object_of (task, restatement.text);
  if (!reading.is_read ())
    return !is_known && (reading.obstacle == GST_NUMPRO_OBSTACLE_CANNOT_TELL ||
                         reading.obstacle == GST_NUMPRO_OBSTACLE_SCORES)
               ? reading
               : unreadable (why);
  if (reading.spans.empty () && is_known)
    return unreadable (why);

  const std::string plain =
      plain_text (without_reasoning (restatement.original).value_or (restatement.original));
  const Tokens tokens = tokenize (plain);
  const PhraseMatcher phrases (tokens, restatement.question);
  if (reading.spans.empty ())
    return DenialReader (tokens, phrases, whole).denies ()
               ? reading
               : unreadable (GST_NUMPRO_OBSTACLE_CANNOT_TELL);
  if (why == GST_NUMPRO_OBSTACLE_CONTRADICTION || phrases.may_be_counts ())
    return unreadable (why);
  if (const auto number = invented_number (reading, named_numbers (tokens, phrases, whole)))
    return unreadable (GST_NUMPRO_OBSTACLE_INVENTED, number_text (*number));
  return reading;
}

}  // namespace numpro
