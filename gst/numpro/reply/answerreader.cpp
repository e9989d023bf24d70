/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerreader.h"

#include <algorithm>

#include "answerobject.h"
#include "description.h"
#include "moments.h"
#include "plaintext.h"
#include "scores.h"

namespace numpro {

namespace {

using Kind = Token::Kind;
using Tokens = std::vector<Token>;

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
    const std::optional<FoundJson> json = find_json (text);
    const std::string plain = plain_text (json ? json->rest : text);
    const Tokens tokens = without_seen (tokenize (plain));
    const PhraseMatcher phrases (tokens, question_);
    Reading reading = !json ? read_text (tokens, phrases)
                      : says_nothing (tokens, phrases)
                          ? read_object (task_, json->root)
                          : unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    if (reading.obstacle == GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD)
      reading.obstacle = explain (tokens, phrases);
    if (!reading.first_seen)
      add_seen (reading);
    return reading;
  }

 private:
  Reading read_text (const Tokens &tokens, const PhraseMatcher &phrases) const
  {
    if (std::all_of (tokens.begin (), tokens.end (),
                     [] (const Token &token) { return token.kind == Kind::kLineEnd; }))
      return unreadable (GST_NUMPRO_OBSTACLE_EMPTY);
    if (task_ == GST_NUMPRO_TASK_DESCRIBE)
      return read_description (tokens, phrases);
    Reading reading = task_ == GST_NUMPRO_TASK_HIGHLIGHT ? read_scores (tokens, phrases)
                                                         : read_moments (tokens, phrases);
    if (!reading.is_read ())
      return reading;
    const bool is_never = reading.spans.empty ();
    // A model that sees nothing may deny what it is asked for.
    if (is_never && phrases.contain (Part::kBlind))
      return unreadable (GST_NUMPRO_OBSTACLE_BLIND);
    if (is_never ? phrases.event ().is_absence : phrases.may_be_counts ())
      return unreadable (GST_NUMPRO_OBSTACLE_SEVERAL);
    return reading;
  }

  // Takes "Numbers seen: 0 to 31" out, which the prompt asks for on a line of its own.
  Tokens without_seen (const Tokens &tokens)
  {
    if (!is_checked_)
      return tokens;
    const PhraseMatcher phrases (tokens, question_);
    Tokens rest;
    for (std::size_t at = 0; at < tokens.size ();) {
      const bool begins = at == 0 || ends_sentence (tokens, at - 1);
      const auto seen = begins ? phrases.longest_at (at, Part::kSeen) : std::nullopt;
      if (seen && ends_sentence (tokens, seen->end)) {
        seen_.push_back ({seen->numbers[0], seen->numbers[1]});
        at = seen->end + (seen->end < tokens.size ());
      } else {
        rest.push_back (tokens[at++]);
      }
    }
    return rest;
  }

  static bool ends_sentence (const Tokens &tokens, std::size_t at)
  {
    return at >= tokens.size () || tokens[at].kind == Kind::kLineEnd || tokens[at].is (".");
  }

  void add_seen (Reading &reading) const
  {
    if (seen_.empty () || std::count (seen_.begin (), seen_.end (), seen_[0]) != std::ssize (seen_))
      return;
    reading.first_seen = seen_[0].first;
    reading.last_seen = seen_[0].last;
  }

  // Guesses why nothing is understood. No answer is read by this.
  static GstNumproObstacle explain (const Tokens &tokens, const PhraseMatcher &phrases)
  {
    if (phrases.contain (Part::kBlind))
      return GST_NUMPRO_OBSTACLE_BLIND;
    if (phrases.contain (Part::kRefusal))
      return GST_NUMPRO_OBSTACLE_REFUSED;
    bool names_times = false;
    for (std::size_t at = 0; at < tokens.size (); ++at) {
      names_times = names_times || is_time (tokens, at);
      if (is_one_of (tokens[at], kFrameNames))
        return GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD;
    }
    return names_times ? GST_NUMPRO_OBSTACLE_TIMES : GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD;
  }

  const GstNumproTask task_;
  const bool is_checked_;
  const std::string question_;
  std::vector<NumberRange> seen_;  // as often as they are told
};

}  // namespace

Reading read_answer (GstNumproPrompt *prompt, std::string_view text)
{
  const std::optional<std::string_view> answer = without_reasoning (text);
  if (!answer)
    return unreadable (GST_NUMPRO_OBSTACLE_CUT, "in the middle of its reasoning");
  try {
    return TextReader (prompt).read (*answer);
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
