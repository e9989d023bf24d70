/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/benchmarks/framekind.h"
#include "tests/benchmarks/summary.h"

namespace numpro::bench {

/** What one contender or outsider costs on one kind of frames, in microseconds per frame. */
struct Cell {
  std::string key;
  FrameKind kind;
  Summary gross; /**< all of it */
  Summary net;   /**< without what a frame costs that nothing is drawn on */
};

/** Everything that was measured. */
class Results
{
 public:
  void add (Cell cell) { cells_.push_back (std::move (cell)); }
  const std::vector<Cell> &cells () const { return cells_; }

  /** @return null when it was not measured */
  const Cell *find (std::string_view key, const FrameKind &kind) const;

  /** How many times the yardstick's net cost is this one's; nothing when that makes no sense. */
  std::optional<double> times_cheaper (const Cell &cell) const;

 private:
  std::vector<Cell> cells_;
};

}  // namespace numpro::bench
