/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cputime.h"

namespace numpro::bench {

/** A program that has run. */
struct ChildProcess {
  Microseconds cpu_time; /**< of all its threads */
  std::string output;    /**< what it wrote to its standard output */

  /** Runs a program. @return nothing when it could not be run or failed */
  static std::optional<ChildProcess> run (const std::vector<std::string> &arguments);
};

}  // namespace numpro::bench
