/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace reader {

namespace {

constexpr char kNoNumber[] = "I can read no number.";
constexpr char kNotAColor[] =
    "Sorry, I cannot determine that: I am no model, only a stand-in that sees colours.";

// Frames beside each other among those seen; a number that could not be read parts nothing.
template <typename Shows>
std::vector<FrameSpan> spans_where (const FrameAnalyses &frames, Shows shows)
{
  std::vector<FrameSpan> spans;
  bool continues = false;
  for (const FrameAnalysis &frame : frames) {
    const bool shown = shows (frame);
    if (shown && continues)
      spans.back ().last = frame.number;
    else if (shown)
      spans.push_back ({frame.number, frame.number});
    continues = shown;
  }
  return spans;
}

std::vector<Highlight> highlights_in (const FrameAnalyses &frames, const Question &question)
{
  std::vector<Highlight> highlights;
  for (const FrameAnalysis &frame : frames) {
    const double share = frame.shares[*question.color];
    if (share >= question.least_share)
      highlights.push_back ({frame.number, std::round ((1 + 4 * share) * 10) / 10});
  }
  return highlights;
}

std::string joined (const std::vector<FrameSpan> &spans)
{
  std::string text;
  for (const FrameSpan &span : spans) {
    text += text.empty () ? "From " : " and from ";
    text += std::to_string (span.first) + " to " + std::to_string (span.last);
  }
  return text.empty () ? "Not visible" : text;
}

std::string in_words (const std::vector<Highlight> &highlights)
{
  if (highlights.empty ())
    return "Not visible.";
  std::string numbers, scores;
  for (const Highlight &highlight : highlights) {
    char score[8];
    std::snprintf (score, sizeof (score), "%.1f", highlight.score);
    numbers += (numbers.empty () ? "" : ", ") + std::to_string (highlight.number);
    scores += (scores.empty () ? "" : ", ") + std::string (score);
  }
  return "The highlight frames are in the " + numbers + " frames. Their saliency scores are " +
         scores + ".";
}

std::size_t main_color (const FrameAnalysis &frame)
{
  const auto &shares = frame.shares;
  return static_cast<std::size_t> (std::max_element (shares.begin (), shares.end ()) -
                                   shares.begin ());
}

// What the screen is mostly like, span by span.
void describe (const FrameAnalyses &frames, Answer &answer)
{
  for (std::size_t from = 0, to = 0; from < frames.size (); from = to) {
    const std::size_t color = main_color (frames[from]);
    for (to = from; to < frames.size () && main_color (frames[to]) == color;)
      ++to;
    const FrameSpan span = {frames[from].number, frames[to - 1].number};
    answer.spans.push_back (span);
    answer.text += answer.text.empty () ? "From " : " From ";
    answer.text += std::to_string (span.first) + " to " + std::to_string (span.last) +
                   " the screen is mostly " + std::string (named_colors ()[color].name) + ".";
  }
}

void list_numbers (const FrameAnalyses &frames, Answer &answer)
{
  for (const FrameAnalysis &frame : frames) {
    answer.spans.push_back ({frame.number, frame.number});
    answer.text += (answer.text.empty () ? "" : ", ") + std::to_string (frame.number);
  }
  if (frames.empty ())
    answer.text = kNoNumber;
}

void find (const Question &question, const FrameAnalyses &frames, Answer &answer)
{
  answer.spans = spans_where (frames, [&] (const FrameAnalysis &frame) {
    return frame.shares[*question.color] >= question.least_share;
  });
  answer.highlights = highlights_in (frames, question);
  answer.text = question.task == Question::Task::kHighlight ? in_words (answer.highlights)
                                                            : joined (answer.spans) + ".";
}

}  // namespace

Answer Answer::to (const Question &question, FrameAnalyses frames)
{
  if (question.task == Question::Task::kNumbers) {
    Answer answer;
    list_numbers (frames, answer);
    return answer;
  }
  std::sort (frames.begin (), frames.end (),
             [] (const FrameAnalysis &a, const FrameAnalysis &b) { return a.number < b.number; });
  Answer answer;
  if (!frames.empty ())
    answer.ends = FrameSpan{frames.front ().number, frames.back ().number};
  // Not "Not visible.": nobody knows what is to be seen when.
  if (frames.empty () && (question.color || question.task == Question::Task::kDescribe))
    answer.text = kNoNumber;
  else if (question.task == Question::Task::kDescribe)
    describe (frames, answer);
  else if (question.color)
    find (question, frames, answer);
  else
    answer.text = kNotAColor;
  if (question.wants_ends && answer.ends) {
    answer.text += "\nNumbers seen: " + std::to_string (answer.ends->first) + " to " +
                   std::to_string (answer.ends->last);
  }
  return answer;
}

}  // namespace reader
