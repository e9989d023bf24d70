/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "fault.h"

namespace reader {

/** Which fault which request gets. */
class FaultPlan
{
 public:
  explicit FaultPlan (std::uint32_t seed = 0) : random_ (seed) {}

  /**
   * Adds what comes first, in this order: "429,none,hang". Returns what is wrong with the text, or
   * nothing.
   */
  std::string add_script (std::string_view text);

  /** What comes after the script, at random, by weight: "none=8,hang,429=2". Returns likewise. */
  std::string set_mixture (std::string_view text);

  /** The fault of the next request. */
  Fault next ();

 private:
  std::deque<Fault> script_;
  std::vector<Fault> mixture_{Fault{}};
  std::vector<double> weights_{1};
  std::mt19937 random_;
};

}  // namespace reader
