/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scores.h"

#include <algorithm>
#include <initializer_list>

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
      take ({":"});
      skip_line_ends ();
    }
    const bool has_head = take_part (Part::kFramesHead);
    take ({":"});
    skip_line_ends ();
    const std::size_t start = at_;
    Reading sentence, pairs;
    if (has_head && read_sentence (sentence))
      return sentence;
    at_ = start;
    return read_pairs (pairs) ? pairs : unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
  }

 private:
  // "3, 4 frames. Their saliency scores are 1.5, 3."
  bool read_sentence (Reading &reading)
  {
    take ({"the"});
    take ({"frames", "frame"});
    const std::vector<Token> frames = take_numerals ();
    take ({"frames", "frame"});
    take ({".", ",", ";"});
    skip_line_ends ();
    if (!take_part (Part::kScoresHead))
      return false;
    take ({":"});
    const std::vector<Token> scores = take_numerals ();
    take ({"respectively"});
    take ({"."});
    skip_line_ends ();
    if (frames.empty () || at_ < tokens_.size ())
      return false;
    if (frames.size () != scores.size ()) {
      reading = unreadable (GST_NUMPRO_OBSTACLE_SCORES,
                            "there are " + std::to_string (frames.size ()) + " frames and " +
                                std::to_string (scores.size ()) + " scores");
      return true;
    }
    return std::equal (frames.begin (), frames.end (), scores.begin (),
                       [&] (const Token &frame, const Token &score) {
                         return frame.kind == Kind::kNumber && add (reading, frame.number, score);
                       });
  }

  // "Frame 3: 4.5", one after the other. Two numbers alone may be anything.
  bool read_pairs (Reading &reading)
  {
    for (bool is_parted = true; at_ < tokens_.size ();) {
      const auto frame = is_parted ? phrases_.longest_at (at_, Part::kSingle) : std::nullopt;
      at_ = frame ? frame->end : at_;
      if (!frame || !take ({":", "="}))
        return false;
      if (take_part (Part::kScoresHead))
        take ({":"});
      if (at_ == tokens_.size () || is_time (tokens_, at_) ||
          !add (reading, frame->numbers[0], tokens_[at_++]))
        return false;
      is_parted = false;
      while (take ({",", ";", ".", "and", "\n"}))
        is_parted = true;
    }
    return !reading.scores.empty ();
  }

  // "03" is no score, nor is "3,5", in which the comma may part two.
  static bool add (Reading &reading, guint64 number, const Token &score)
  {
    const std::string text (score.text);
    const bool is_padded = text[0] == '0' && text.find ('.') != 1;
    if (!score.is_numeral () || is_padded || text.find (',') != text.npos)
      return false;
    add_score (reading, number, g_ascii_strtod (text.c_str (), nullptr));
    return true;
  }

  // "3, 4 and 5"
  std::vector<Token> take_numerals ()
  {
    std::vector<Token> numerals;
    while (at_ < tokens_.size () && tokens_[at_].is_numeral () && !is_time (tokens_, at_)) {
      numerals.push_back (tokens_[at_++]);
      while (at_ + 1 < tokens_.size () && is_one_of (tokens_[at_], kListJoins))
        ++at_;
    }
    return numerals;
  }

  void skip_line_ends ()
  {
    while (take ({"\n"})) {
    }
  }

  bool take_part (Part part)
  {
    const auto phrase = phrases_.longest_at (at_, part);
    at_ = phrase ? phrase->end : at_;
    return phrase.has_value ();
  }

  bool take (std::initializer_list<std::string_view> texts)
  {
    const bool is_here = at_ < tokens_.size () && std::find (texts.begin (), texts.end (),
                                                             tokens_[at_].text) != texts.end ();
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
