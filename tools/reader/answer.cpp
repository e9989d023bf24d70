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
std::vector<FrameSpan> spans_where (const Sightings &sightings, Shows shows)
{
  std::vector<FrameSpan> spans;
  bool continues = false;
  for (const Sighting &sighting : sightings) {
    const bool shown = shows (sighting);
    if (shown && continues)
      spans.back ().last = sighting.number;
    else if (shown)
      spans.push_back ({sighting.number, sighting.number});
    continues = shown;
  }
  return spans;
}

std::vector<Highlight> highlights_in (const Sightings &sightings, const Question &question)
{
  std::vector<Highlight> highlights;
  for (const Sighting &sighting : sightings) {
    const double share = sighting.shares[*question.color];
    if (share >= question.least_share)
      highlights.push_back ({sighting.number, std::round ((1 + 4 * share) * 10) / 10});
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

std::size_t main_color (const Sighting &sighting)
{
  const auto &shares = sighting.shares;
  return static_cast<std::size_t> (std::max_element (shares.begin (), shares.end ()) -
                                   shares.begin ());
}

// What the screen is mostly like, span by span.
void describe (const Sightings &sightings, Answer &answer)
{
  for (std::size_t from = 0, to = 0; from < sightings.size (); from = to) {
    const std::size_t color = main_color (sightings[from]);
    for (to = from; to < sightings.size () && main_color (sightings[to]) == color;)
      ++to;
    const FrameSpan span = {sightings[from].number, sightings[to - 1].number};
    answer.spans.push_back (span);
    answer.text += answer.text.empty () ? "From " : " From ";
    answer.text += std::to_string (span.first) + " to " + std::to_string (span.last) +
                   " the screen is mostly " + std::string (named_colors ()[color].name) + ".";
  }
}

void find (const Question &question, const Sightings &sightings, Answer &answer)
{
  answer.spans = spans_where (sightings, [&] (const Sighting &sighting) {
    return sighting.shares[*question.color] >= question.least_share;
  });
  answer.highlights = highlights_in (sightings, question);
  answer.text = question.task == Question::Task::kHighlight ? in_words (answer.highlights)
                                                            : joined (answer.spans) + ".";
}

}  // namespace

Answer Answer::to (const Question &question, Sightings sightings)
{
  std::sort (sightings.begin (), sightings.end (),
             [] (const Sighting &a, const Sighting &b) { return a.number < b.number; });
  Answer answer;
  if (!sightings.empty ())
    answer.ends = FrameSpan{sightings.front ().number, sightings.back ().number};
  // Not "Not visible.": nobody knows what is to be seen when.
  if (sightings.empty () && (question.color || question.task == Question::Task::kDescribe))
    answer.text = kNoNumber;
  else if (question.task == Question::Task::kDescribe)
    describe (sightings, answer);
  else if (question.color)
    find (question, sightings, answer);
  else
    answer.text = kNotAColor;
  if (question.wants_ends && answer.ends) {
    answer.text += "\nNumbers seen: " + std::to_string (answer.ends->first) + " to " +
                   std::to_string (answer.ends->last);
  }
  return answer;
}

}  // namespace reader
