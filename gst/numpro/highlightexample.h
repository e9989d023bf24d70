/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>

#include <string>
#include <vector>

#include "gst/numpro/reply/reading.h"

namespace numpro {

/**
 * The example of an answer in a question for highlights, made of numbers of the batch: the one
 * published with NumPro names frames that most videos do not have.
 */
std::vector<NumberScore> highlight_example (GstNumproLedger *ledger);

/** "The highlight frames are in the 4, 12 frames. Their saliency scores are 1.3, 2.6." */
std::string highlight_sentence (const std::vector<NumberScore> &scores);

/**
 * Whether an answer is the example, or has its scores: models are known to repeat the list of
 * scores as it is or in another order, for other frames.
 */
bool repeats_example (const std::vector<NumberScore> &answer,
                      const std::vector<NumberScore> &example);

}  // namespace numpro
