/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scores.h"

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

  Reading read ()
  {
    skip_line_ends ();
    while (take_part (Part::kLabel) || take_part (Part::kEvent)) {
      take_one_of (":");
      skip_line_ends ();
    }
    if (!take_part (Part::kFramesHead))
      return read_pairs ();
    take_one_of (":");
    const FoundNumbers frames = phrases_.numbers_at (at_);
    return frames.numbers.empty () || is_pair_at (frames.end) ? read_pairs ()
                                                              : read_sentence (frames);
  }

 private:
  // "... 3, 4 frames. Their saliency scores are 1.5, 3."
  Reading read_sentence (const FoundNumbers &frames)
  {
    at_ = frames.end;
    take_word ("frames");
    take_word ("frame");
    take_one_of (".,;");
    skip_line_ends ();
    if (!take_part (Part::kScoresHead))
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    take_one_of (":");
    std::vector<double> scores;
    while (is_score ()) {
      scores.push_back (take_score ());
      while (at_ + 1 < tokens_.size () && is_one_of (tokens_[at_], WordList::kListJoins))
        ++at_;
    }
    take_word ("respectively");
    take_one_of (".");
    skip_line_ends ();
    if (at_ < tokens_.size ())
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    if (frames.numbers.size () != scores.size ())
      return unreadable (GST_NUMPRO_OBSTACLE_SCORES,
                         "there are " + std::to_string (frames.numbers.size ()) + " frames and " +
                             std::to_string (scores.size ()) + " scores");
    Reading reading;
    for (std::size_t i = 0; i < scores.size (); ++i)
      add_score (reading, frames.numbers[i], scores[i]);
    return reading;
  }

  // "Frame 3: 4.5", one after the other.
  Reading read_pairs ()
  {
    Reading reading;
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

  bool is_pair_at (std::size_t at) const
  {
    return at < tokens_.size () &&
           (tokens_[at].is (":") || tokens_[at].is ("=") || tokens_[at].is ("("));
  }

  // Two numbers alone may be anything.
  bool take_pair (Reading &reading)
  {
    const FoundNumbers frame = phrases_.numbers_at (at_);
    if (frame.numbers.size () != 1 || !frame.is_marked || !is_pair_at (frame.end))
      return false;
    at_ = frame.end + 1;
    const bool opens = tokens_[frame.end].is ("(");
    if (take_part (Part::kScoresHead))
      take_one_of (":=");
    if (!is_score ())
      return false;
    add_score (reading, frame.numbers[0], take_score ());
    return !opens || take_one_of (")");
  }

  // "03" is no score, nor is "3,5", in which the comma may part two.
  bool is_score () const
  {
    return at_ < tokens_.size () && tokens_[at_].is_numeral () && !is_time (tokens_, at_) &&
           tokens_[at_].text.find (',') == std::string_view::npos;
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
  const Reading scores = ScoreReader (tokens, phrases).read ();
  if (scores.obstacle != GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD)
    return scores;
  // No spans are meant here, but "Not visible" is.
  const Reading moments = read_moments (tokens, phrases);
  return moments.spans.empty () ? moments : unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
}

}  // namespace numpro
