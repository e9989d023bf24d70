/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "highlightexample.h"

#include <algorithm>

#include "answerform.h"
#include "batchnumbers.h"

namespace numpro {

namespace {

// In no order, and with decimals: an answer of a model's own has others.
constexpr double kScores[] = {1.3, 2.6, 4.7, 3.4};

bool has_same_score (const NumberScore &one, const NumberScore &other)
{
  return one.score == other.score;
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
    values += (values.empty () ? "" : ", ") + one_decimal (score.score);
  }
  return highlight_form (frames, values);
}

bool repeats_example (const std::vector<NumberScore> &answer,
                      const std::vector<NumberScore> &example)
{
  // In any order.
  return !answer.empty () && std::is_permutation (answer.begin (), answer.end (), example.begin (),
                                                  example.end (), has_same_score);
}

}  // namespace numpro
