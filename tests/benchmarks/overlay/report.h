/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "plan.h"
#include "results.h"

namespace numpro::bench {

/** What a run of the benchmark has to say. */
struct Report {
  const Plan &plan;
  const Results &results;
  std::vector<std::string> remarks; /**< on what could not be measured */

  /** For people, as Markdown. */
  void print (std::ostream &out) const;

 private:
  void print_method (std::ostream &out) const;
  void print_format (std::ostream &out, GstVideoFormat format) const;
  void print_targets (std::ostream &out) const;
};

}  // namespace numpro::bench
