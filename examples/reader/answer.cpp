/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace reader {

namespace {

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

std::vector<Highlight> highlights_in (const Sightings &sightings, std::size_t color)
{
  std::vector<Highlight> highlights;
  for (const Sighting &sighting : sightings) {
    const double share = sighting.shares[color];
    if (share >= 0.01)
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

std::string description (const Sightings &sightings)
{
  std::string text;
  for (std::size_t from = 0, to = 0; from < sightings.size (); from = to) {
    const std::size_t color = main_color (sightings[from]);
    for (to = from; to < sightings.size () && main_color (sightings[to]) == color;)
      ++to;
    text += text.empty () ? "" : " ";
    text += "From " + std::to_string (sightings[from].number) + " to " +
            std::to_string (sightings[to - 1].number) + " the screen is mostly " +
            std::string (named_colors ()[color].name) + ".";
  }
  return text.empty () ? "I can read no number." : text;
}

std::string in_words (const Question &question, const Answer &answer, const Sightings &sightings)
{
  std::string text;
  if (question.task == Question::Task::kDescribe)
    text = description (sightings);
  else if (!question.color)
    text = kNotAColor;
  else if (question.task == Question::Task::kHighlight)
    text = in_words (answer.highlights);
  else
    text = joined (answer.spans) + ".";
  if (question.wants_ends && answer.ends) {
    text += "\nNumbers seen: " + std::to_string (answer.ends->first) + " to " +
            std::to_string (answer.ends->last);
  }
  return text;
}

}  // namespace

Answer Answer::to (const Question &question, Sightings sightings)
{
  std::sort (sightings.begin (), sightings.end (),
             [] (const Sighting &a, const Sighting &b) { return a.number < b.number; });
  Answer answer;
  if (!sightings.empty ())
    answer.ends = FrameSpan{sightings.front ().number, sightings.back ().number};
  if (question.color) {
    answer.spans = spans_where (sightings, [&] (const Sighting &sighting) {
      return sighting.shares[*question.color] >= question.least_share;
    });
    answer.highlights = highlights_in (sightings, *question.color);
  }
  answer.text = in_words (question, answer, sightings);
  return answer;
}

}  // namespace reader
