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
  const bool is_all = phrases.contain (Part::kAll);
  if (is_all || phrases.contain (Part::kFirst))
    named.insert (static_cast<double> (whole.first));
  if (is_all || phrases.contain (Part::kLast))
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

bool ends_clause (const Tokens &tokens, std::size_t at)
{
  return at >= tokens.size () || tokens[at].kind == Token::Kind::kLineEnd ||
         (tokens[at].kind == Token::Kind::kSign &&
          std::string_view (".,;!()").find (tokens[at].text) != std::string_view::npos);
}

// Models take what they could not see for what is not there. So "never" is believed only where a
// clause of the answer says so in words that are read, and no other one may take that back.
bool says_never (const Tokens &tokens, const PhraseMatcher &phrases)
{
  bool says_never = false;
  for (std::size_t at = 0; at < tokens.size ();) {
    const bool begins = at == 0 || ends_clause (tokens, at - 1);
    const auto never = begins ? phrases.longest_at (at, Part::kNever) : std::nullopt;
    if (never && ends_clause (tokens, never->end)) {
      says_never = true;
      at = never->end;
    } else if (tokens[at].is_numeral () || phrases.longest_at (at, Part::kDoubt) ||
               phrases.longest_at (at, Part::kEvent)) {
      return false;
    } else {
      ++at;
    }
  }
  return says_never && !phrases.event ().is_absence;
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
