/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "restatement.h"

#include <algorithm>
#include <set>
#include <utility>

#include "answerobject.h"
#include "gst/numpro/answerform.h"
#include "gst/numpro/batchnumbers.h"
#include "gst/numpro/owned.h"
#include "phrasematcher.h"
#include "plaintext.h"

namespace numpro {

namespace {

bool is_letter (std::string_view text, std::size_t at)
{
  return at < text.size () &&
         (g_ascii_isalpha (text[at]) || static_cast<guchar> (text[at]) >= 0x80);
}

// In alphabets not as a part of a word: "rest" is none of "restaurant". Chinese does not part
// words.
bool has_word (std::string_view text, std::string_view word)
{
  const bool is_alphabetic =
      g_unichar_get_script (g_utf8_get_char (word.data ())) != G_UNICODE_SCRIPT_HAN;
  for (std::size_t at = text.find (word); at != text.npos; at = text.find (word, at + 1)) {
    const bool is_part =
        (at > 0 && is_letter (text, at - 1)) || is_letter (text, at + word.size ());
    if (!is_alphabetic || !is_part)
      return true;
  }
  return false;
}

// What a text names, in digits of any script, and by words for its first and last.
class NamedNumbers
{
 public:
  NamedNumbers (std::string_view text, NumberRange whole)
  {
    std::string digits;
    for (const char *at = text.data (); at < text.data () + text.size ();
         at = g_utf8_next_char (at)) {
      const gunichar c = g_utf8_get_char (at);
      if (const gint digit = g_unichar_digit_value (c); digit >= 0)
        digits += static_cast<char> ('0' + digit);
      else if (c == '.' && !digits.empty () && digits.find ('.') == std::string::npos)
        digits += '.';
      else
        add (std::exchange (digits, {}));
    }
    add (digits);
    const TextPtr lower (g_utf8_strdown (text.data (), static_cast<gssize> (text.size ())));
    if (has_one_of (lower.get (), words_for_first ()))
      values_.insert (static_cast<double> (whole.first));
    if (has_one_of (lower.get (), words_for_last ()))
      values_.insert (static_cast<double> (whole.last));
  }

  bool have (double value) const { return values_.contains (value); }

 private:
  static bool has_one_of (std::string_view text, std::span<const char *const> words)
  {
    return std::any_of (words.begin (), words.end (),
                        [&] (const char *word) { return has_word (text, word); });
  }

  // "3.5" also has a 3 and a 5: what looks like one number may be the end of a sentence.
  void add (const std::string &digits)
  {
    if (digits.empty ())
      return;
    const std::size_t point = digits.find ('.');
    values_.insert (g_ascii_strtod (digits.c_str (), nullptr));
    values_.insert (g_ascii_strtod (digits.substr (0, point).c_str (), nullptr));
    if (point + 1 < digits.size ())
      values_.insert (g_ascii_strtod (digits.substr (point + 1).c_str (), nullptr));
  }

  std::set<double> values_;
};

// The first number of a reading that a text does not name.
std::optional<double> invented_number (const Reading &reading, const NamedNumbers &named)
{
  for (const NumberRange &range : reading.spans) {
    for (guint64 number : {range.first, range.last}) {
      if (!named.have (static_cast<double> (number)))
        return static_cast<double> (number);
    }
  }
  for (const NumberScore &score : reading.scores) {
    if (!named.have (score.score))
      return score.score;
  }
  return std::nullopt;
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

// Obstacles that say as much as "it does not tell".
bool is_telling (GstNumproObstacle why)
{
  return why == GST_NUMPRO_OBSTACLE_BLIND || why == GST_NUMPRO_OBSTACLE_REFUSED ||
         why == GST_NUMPRO_OBSTACLE_TIMES;
}

bool may_be_spans (GstNumproObstacle why)
{
  return !is_telling (why) && why != GST_NUMPRO_OBSTACLE_CONTRADICTION;
}

// Models take what they could not see for what is not there. What speaks of anything that could not
// be done says that an event is never there only where it names the event.
bool may_be_never (const Restatement &restatement)
{
  switch (restatement.obstacle) {
    case GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD:
    case GST_NUMPRO_OBSTACLE_CONTRADICTION:
    case GST_NUMPRO_OBSTACLE_SHAPE:
      break;
    default:
      return false;
  }
  const std::string plain = plain_text (restatement.original);
  const auto doubt = words_of_doubt ();
  if (std::none_of (doubt.begin (), doubt.end (),
                    [&] (const char *word) { return plain.find (word) != plain.npos; }))
    return true;
  const std::vector<Token> tokens = tokenize (plain);
  return PhraseMatcher (tokens, restatement.question).names_event ();
}

}  // namespace

Reading read_restatement (GstNumproTask task, const Restatement &restatement, NumberRange whole)
{
  const GstNumproObstacle why = restatement.obstacle;
  const Reading reading = read_object_of (task, restatement.text);
  if (reading.obstacle == GST_NUMPRO_OBSTACLE_CANNOT_TELL)
    return is_telling (why) ? unreadable (why) : reading;
  if (!reading.is_read ())
    return reading.obstacle == GST_NUMPRO_OBSTACLE_SCORES ? reading : unreadable (why);
  if (reading.spans.empty () ? !may_be_never (restatement) : !may_be_spans (why))
    return unreadable (why);
  if (const auto number = invented_number (reading, NamedNumbers (restatement.original, whole)))
    return unreadable (GST_NUMPRO_OBSTACLE_INVENTED, number_text (*number));
  return reading;
}

}  // namespace numpro
