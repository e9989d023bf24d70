/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "frameanalysis.h"
#include "question.h"

namespace reader {

struct FrameSpan {
  std::uint64_t first = 0, last = 0;
};

struct Highlight {
  std::uint64_t number = 0;
  double score = 0; /**< 1 to 5 */
};

/** All that there is to say to a question. */
struct Answer {
  std::vector<FrameSpan> spans;
  std::vector<Highlight> highlights;
  std::optional<FrameSpan> ends; /**< the first and the last number that could be read */
  std::string text;              /**< the same in words */

  bool found () const { return !spans.empty (); }

  /** @frames in the order of their images */
  static Answer to (const Question &question, FrameAnalyses frames);
};

}  // namespace reader
