/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "restatement.h"

#include <algorithm>
#include <set>

#include "answerobject.h"
#include "denial.h"
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
    return denies_event (tokens, phrases, whole) ? reading
                                                 : unreadable (GST_NUMPRO_OBSTACLE_CANNOT_TELL);
  if (why == GST_NUMPRO_OBSTACLE_CONTRADICTION || phrases.may_be_counts ())
    return unreadable (why);
  if (const auto number = invented_number (reading, named_numbers (tokens, phrases, whole)))
    return unreadable (GST_NUMPRO_OBSTACLE_INVENTED, number_text (*number));
  return reading;
}

}  // namespace numpro
