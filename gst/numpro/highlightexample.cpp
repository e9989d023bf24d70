/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "highlightexample.h"

#include <algorithm>

#include "batchnumbers.h"

namespace numpro {

namespace {

// In no order, and with decimals: an answer of a model's own has others.
constexpr double kScores[] = {1.3, 2.6, 4.7, 3.4};

std::vector<double> sorted_scores (const std::vector<NumberScore> &scores)
{
  std::vector<double> sorted;
  for (const NumberScore &score : scores)
    sorted.push_back (score.score);
  std::sort (sorted.begin (), sorted.end ());
  return sorted;
}

std::string text_of (double score)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_ascii_formatd (text, sizeof (text), "%.1f", score);
}

}  // namespace

std::vector<NumberScore> highlight_example (GstNumproLedger *ledger)
{
  const std::vector<guint64> numbers = numbers_of (ledger);
  // Far from each other: no event of its own would be.
  const std::size_t count = std::min (std::size (kScores), numbers.size ());
  std::vector<NumberScore> example;
  for (std::size_t i = 0; i < count; ++i)
    example.push_back ({numbers[(2 * i + 1) * numbers.size () / (2 * count)], kScores[i]});
  return example;
}

std::string highlight_sentence (const std::vector<NumberScore> &scores)
{
  std::string frames, values;
  for (const NumberScore &score : scores) {
    frames += (frames.empty () ? "" : ", ") + std::to_string (score.number);
    values += (values.empty () ? "" : ", ") + text_of (score.score);
  }
  return "The highlight frames are in the " + frames + " frames. Their saliency scores are " +
         values + ".";
}

bool repeats_example (const std::vector<NumberScore> &answer,
                      const std::vector<NumberScore> &example)
{
  return !answer.empty () && sorted_scores (answer) == sorted_scores (example);
}

}  // namespace numpro
