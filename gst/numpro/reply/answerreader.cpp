/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerreader.h"

#include <algorithm>
#include <cstring>

#include "answerobject.h"
#include "description.h"
#include "gst/numpro/answerform.h"
#include "moments.h"
#include "plaintext.h"
#include "scores.h"

namespace numpro {

namespace {

using Kind = Token::Kind;
using Tokens = std::vector<Token>;

// The first and the last number seen, as the prompt asks for them on a line of its own.
struct Seen {
  bool is_told = false, is_clear = true;
  guint64 first = 0, last = 0;

  void add (guint64 told_first, guint64 told_last)
  {
    is_clear = is_clear && (!is_told || (first == told_first && last == told_last));
    is_told = true;
    first = told_first;
    last = told_last;
  }
};

// What is asked, and what it takes to read the answer.
class TextReader
{
 public:
  explicit TextReader (GstNumproPrompt *prompt)
      : task_ (gst_numpro_prompt_get_task (prompt)),
        is_checked_ (gst_numpro_prompt_get_check_frames (prompt)),
        question_ (gst_numpro_prompt_get_question (prompt))
  {
  }

  Reading read (std::string_view text)
  {
    const std::string plain = without_question (plain_text (text));
    const Tokens tokens = without_seen (tokenize (plain));
    Reading reading = is_blank (tokens) ? unreadable (GST_NUMPRO_OBSTACLE_EMPTY) : read (tokens);
    // A model that sees nothing may deny what it is asked for.
    const bool is_never =
        reading.is_read () && reading.spans.empty () && task_ != GST_NUMPRO_TASK_DESCRIBE;
    if (reading.obstacle == GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD ||
        (is_never && explain (plain, {}) == GST_NUMPRO_OBSTACLE_BLIND))
      reading.obstacle = explain (plain, tokens);
    else if (is_never && asks_for_absence (question_))
      reading.obstacle = GST_NUMPRO_OBSTACLE_SEVERAL;
    add_seen (reading);
    return reading;
  }

  Reading read_json (const FoundJson &json)
  {
    const std::string plain = plain_text (json.rest);
    const Tokens tokens = without_seen (tokenize (plain));
    if (!says_nothing (tokens, PhraseMatcher (tokens, question_)))
      return unreadable (explain (plain, tokens));
    if (const std::optional<std::string> inner = text_inside (json.root))
      return read (*inner);
    Reading reading = read_object (task_, json.root);
    if (!reading.first_seen && !reading.last_seen)
      add_seen (reading);
    return reading;
  }

 private:
  static bool is_blank (const Tokens &tokens)
  {
    return std::all_of (tokens.begin (), tokens.end (),
                        [] (const Token &token) { return token.kind == Kind::kLineEnd; });
  }

  // Some repeat the whole question before they answer.
  std::string without_question (std::string plain) const
  {
    const std::string whole = plain_text (question_words (task_, question_));
    for (std::string asked : {whole, plain_text (question_)}) {
      asked.erase (asked.find_last_not_of (" \n") + 1);
      if (asked.ends_with ('?') && plain.starts_with (asked))
        return plain.substr (asked.size ());
    }
    return plain;
  }

  Reading read (const Tokens &tokens) const
  {
    const PhraseMatcher phrases (tokens, question_);
    switch (task_) {
      case GST_NUMPRO_TASK_HIGHLIGHT:
        return read_scores (tokens, phrases);
      case GST_NUMPRO_TASK_DESCRIBE:
        return read_description (tokens, phrases);
      default:
        return read_moments (tokens, phrases);
    }
  }

  // Takes "Numbers seen: 0 to 31" out, wherever a sentence or a line begins with it. What begins so
  // and goes on otherwise must not become the answer either: the line goes.
  Tokens without_seen (const Tokens &tokens)
  {
    if (!is_checked_)
      return tokens;
    const PhraseMatcher phrases (tokens, question_);
    Tokens rest;
    bool begins = true;
    for (std::size_t at = 0; at < tokens.size ();) {
      const auto seen = begins ? phrases.longest_at (at, Part::kSeen) : std::nullopt;
      if (seen && ends_sentence (tokens, seen->end)) {
        seen_.add (seen->numbers[0], seen->numbers[1]);
        at = seen->end + (seen->end < tokens.size () && tokens[seen->end].is ("."));
      } else if (begins && phrases.longest_at (at, Part::kSeenHead)) {
        seen_.is_clear = false;
        while (at < tokens.size () && tokens[at].kind != Kind::kLineEnd)
          ++at;
      } else {
        begins = tokens[at].kind == Kind::kLineEnd || tokens[at].is (".");
        rest.push_back (tokens[at++]);
      }
    }
    return rest;
  }

  static bool ends_sentence (const Tokens &tokens, std::size_t at)
  {
    return at == tokens.size () || tokens[at].kind == Kind::kLineEnd || tokens[at].is (".");
  }

  void add_seen (Reading &reading) const
  {
    if (!seen_.is_told || !seen_.is_clear)
      return;
    reading.first_seen = seen_.first;
    reading.last_seen = seen_.last;
  }

  // Guesses why nothing is understood. No answer is read by this.
  static GstNumproObstacle explain (std::string_view plain, const Tokens &tokens)
  {
    const auto is_in = [&plain] (const char *text) { return plain.find (text) != plain.npos; };
    const auto blindness = words_of_blindness ();
    if (std::any_of (blindness.begin (), blindness.end (), is_in))
      return GST_NUMPRO_OBSTACLE_BLIND;
    if (refuses (plain))
      return GST_NUMPRO_OBSTACLE_REFUSED;
    return names_times (tokens) ? GST_NUMPRO_OBSTACLE_TIMES : GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD;
  }

  static bool refuses (std::string_view plain)
  {
    for (const char *inability : words_of_inability ()) {
      for (std::size_t at = plain.find (inability); at != plain.npos;
           at = plain.find (inability, at + 1)) {
        const std::string_view rest = plain.substr (at + std::strlen (inability));
        const auto deeds = refused_deeds ();
        if (std::any_of (deeds.begin (), deeds.end (),
                         [&rest] (const char *deed) { return rest.starts_with (deed); }))
          return true;
      }
    }
    return false;
  }

  // "3 s", "second 3", "00:03", and no frames.
  static bool names_times (const Tokens &tokens)
  {
    bool names_times = false;
    for (std::size_t i = 0; i < tokens.size (); ++i) {
      if (is_one_of (tokens[i], frame_names ()))
        return false;
      const bool is_unit = is_one_of (tokens[i], units_of_time ());
      names_times = names_times || (is_unit && i > 0 && is_numeral (tokens[i - 1])) ||
                    (is_unit && i + 1 < tokens.size () && is_numeral (tokens[i + 1])) ||
                    is_clock (tokens, i);
    }
    return names_times;
  }

  static bool is_numeral (const Token &token)
  {
    return token.kind == Kind::kNumber || token.kind == Kind::kDecimal;
  }

  // Two digits behind the colon.
  static bool is_clock (const Tokens &tokens, std::size_t at)
  {
    return tokens[at].is (":") && at > 0 && at + 1 < tokens.size () &&
           is_numeral (tokens[at - 1]) && tokens[at + 1].kind == Kind::kNumber &&
           tokens[at + 1].text.size () == 2 &&
           tokens[at].text.data () + 1 == tokens[at + 1].text.data ();
  }

  const GstNumproTask task_;
  const bool is_checked_;
  const std::string question_;
  Seen seen_;
};

}  // namespace

Reading read_answer (GstNumproPrompt *prompt, std::string_view text)
{
  const std::optional<std::string_view> answer = without_reasoning (text);
  if (!answer)
    return unreadable (GST_NUMPRO_OBSTACLE_CUT, "in the middle of its reasoning");
  TextReader reader (prompt);
  try {
    const std::optional<FoundJson> json = find_json (*answer);
    if (!json)
      return reader.read (*answer);
    return reader.read_json (*json);
  } catch (const JsonError &error) {
    return unreadable (GST_NUMPRO_OBSTACLE_SHAPE, error.what ());
  }
}

bool may_be_restated (GstNumproObstacle obstacle)
{
  switch (obstacle) {
    case GST_NUMPRO_OBSTACLE_BLIND:
    case GST_NUMPRO_OBSTACLE_REFUSED:
    case GST_NUMPRO_OBSTACLE_TIMES:
    case GST_NUMPRO_OBSTACLE_SEVERAL:
    case GST_NUMPRO_OBSTACLE_REVERSED:
    case GST_NUMPRO_OBSTACLE_CONTRADICTION:
    case GST_NUMPRO_OBSTACLE_SHAPE:
    case GST_NUMPRO_OBSTACLE_SCORES:
    case GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD:
      return true;
    default:
      return false;
  }
}

}  // namespace numpro
