/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <vector>

#include "contender.h"
#include "pace.h"
#include "results.h"
#include "tests/benchmarks/circuit.h"
#include "tests/benchmarks/framering.h"

namespace numpro::bench {

/** Measures all contenders on one kind of frames. They take turns, so that whatever else the
 *  machine does hits them alike. */
class Race
{
 public:
  Race (const FrameKind &kind, const Pace &pace) : kind_ (kind), pace_ (pace), ring_ (kind) {}

  /** @return false, after saying why on stderr, when a contender did not do its work */
  bool run (Results &results);

 private:
  struct Entrant {
    const Contender *contender;
    std::unique_ptr<Circuit> circuit;
    std::size_t laps;            // of a turn
    std::vector<double> rounds;  // microseconds per frame
  };

  bool enter (const Contender &contender);
  bool warm_up (Entrant &entrant);
  bool take_turn (Entrant &entrant);
  void add_cells (Results &results) const;
  bool fail (const Contender &contender, const char *what) const;

  FrameKind kind_;
  Pace pace_;
  FrameRing ring_;
  std::vector<Entrant> entrants_;
};

}  // namespace numpro::bench
