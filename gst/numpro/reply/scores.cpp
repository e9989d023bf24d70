/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scores.h"

#include <algorithm>

#include "gst/numpro/batchnumbers.h"
#include "moments.h"

namespace numpro {

namespace {

using Kind = Token::Kind;

class ScoreReader
{
 public:
  ScoreReader (std::span<const Token> tokens, const PhraseMatcher &phrases)
      : tokens_ (tokens), phrases_ (phrases)
  {
  }

  // "The highlight frames are in the 3, 4 frames. Their saliency scores are 1.5, 3."
  Reading read_sentence ()
  {
    skip_labels ();
    if (!take_part (Part::kFramesHead))
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    take_one_of (":");
    const FoundNumbers frames = phrases_.numbers_at (at_);
    at_ = frames.end;
    take_word ("frames");
    take_word ("frame");
    take_one_of (".,;");
    skip_line_ends ();
    if (frames.numbers.empty () || !take_part (Part::kScoresHead))
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    take_one_of (":");
    const std::vector<double> scores = take_scores ();
    take_word ("respectively");
    take_one_of (".");
    skip_line_ends ();
    if (at_ < tokens_.size ())
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    return join (frames.numbers, scores);
  }

  // "Frame 3: 4.5", one after the other.
  Reading read_pairs ()
  {
    Reading reading;
    at_ = 0;
    skip_labels ();
    if (take_part (Part::kFramesHead) && !take_one_of (":"))
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    for (skip_line_ends (); at_ < tokens_.size (); skip_line_ends ()) {
      if (!take_pair (reading))
        return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
      if (at_ < tokens_.size () && tokens_[at_].kind != Kind::kLineEnd && !take_one_of (",;.") &&
          !take_word ("and"))
        return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
      take_word ("and");
    }
    return reading.scores.empty () ? unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD) : reading;
  }

 private:
  static Reading join (const std::vector<guint64> &frames, const std::vector<double> &scores)
  {
    if (frames.size () != scores.size ())
      return unreadable (GST_NUMPRO_OBSTACLE_SCORES,
                         "there are " + std::to_string (frames.size ()) + " frames and " +
                             std::to_string (scores.size ()) + " scores");
    Reading reading;
    for (std::size_t i = 0; i < frames.size (); ++i)
      add_score (reading, frames[i], scores[i]);
    return reading;
  }

  bool take_pair (Reading &reading)
  {
    const FoundNumbers frame = phrases_.numbers_at (at_);
    if (frame.numbers.size () != 1)
      return false;
    at_ = frame.end;
    const bool is_parted = take_one_of (":=(,");
    const bool opens = is_parted && tokens_[at_ - 1].is ("(");
    const bool is_named = take_part (Part::kScoresHead);
    if (is_named)
      take_one_of (":=");
    // Two numbers alone may be anything.
    if (!is_parted || !(is_named || frame.is_marked) || !is_score ())
      return false;
    const double score = take_score ();
    if (opens && !take_one_of (")"))
      return false;
    add_score (reading, frame.numbers[0], score);
    return true;
  }

  std::vector<double> take_scores ()
  {
    std::vector<double> scores;
    const bool is_bracketed = take_one_of ("[");
    while (is_score ()) {
      scores.push_back (take_score ());
      while (at_ + 1 < tokens_.size () && is_one_of (tokens_[at_], list_joins ()))
        ++at_;
    }
    if (is_bracketed && !take_one_of ("]"))
      scores.clear ();
    return scores;
  }

  bool is_score () const
  {
    return at_ < tokens_.size () &&
           (tokens_[at_].kind == Kind::kNumber || tokens_[at_].kind == Kind::kDecimal);
  }

  // "4.5", "4.5/5", "4.5 out of 5"
  double take_score ()
  {
    const double score = g_ascii_strtod (std::string (tokens_[at_++].text).c_str (), nullptr);
    const std::size_t start = at_;
    const bool has_scale = take_one_of ("/") || (take_word ("out") && take_word ("of"));
    if (!has_scale || !take_word (std::to_string (static_cast<int> (kHighestScore))))
      at_ = start;
    return score;
  }

  void skip_labels ()
  {
    skip_line_ends ();
    while (take_part (Part::kLabel) || take_part (Part::kConclusion) || take_part (Part::kEvent)) {
      take_one_of (":");
      skip_line_ends ();
    }
  }

  void skip_line_ends ()
  {
    while (at_ < tokens_.size () && tokens_[at_].kind == Kind::kLineEnd)
      ++at_;
  }

  bool take_part (Part part)
  {
    const auto phrase = phrases_.longest_at (at_, part);
    at_ = phrase ? phrase->end : at_;
    return phrase.has_value ();
  }

  bool take_word (std::string_view word)
  {
    const bool is_here = at_ < tokens_.size () && tokens_[at_].text == word;
    at_ += is_here;
    return is_here;
  }

  bool take_one_of (std::string_view signs)
  {
    const bool is_here = at_ < tokens_.size () && tokens_[at_].kind == Kind::kSign &&
                         signs.find (tokens_[at_].text) != std::string_view::npos;
    at_ += is_here;
    return is_here;
  }

  std::span<const Token> tokens_;
  const PhraseMatcher &phrases_;
  std::size_t at_ = 0;
};

}  // namespace

void add_score (Reading &reading, guint64 number, double score)
{
  if (!(score >= kLowestScore && score <= kHighestScore)) {
    reading.obstacle = GST_NUMPRO_OBSTACLE_SCORES;
    reading.detail = number_text (score) + " is not from 1 to 5";
  }
  reading.scores.push_back ({number, score});
  reading.spans.push_back ({number, number});
}

Reading read_scores (std::span<const Token> tokens, const PhraseMatcher &phrases)
{
  ScoreReader reader (tokens, phrases);
  const Reading sentence = reader.read_sentence ();
  if (sentence.obstacle != GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD)
    return sentence;
  const Reading pairs = reader.read_pairs ();
  if (pairs.obstacle != GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD)
    return pairs;
  // No spans are meant here, but "Not visible" is.
  const Reading moments = read_moments (tokens, phrases);
  return moments.spans.empty () ? moments : unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
}

}  // namespace numpro
