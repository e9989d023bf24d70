/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sinkpace.h"

namespace numpro::bench {

/** What the command line asks for. */
struct SinkOptions {
  SinkPace pace;
  std::string json;               /**< file to write; empty = none */
  std::vector<std::string> names; /**< of what to measure; empty = everything */
  std::string profile;            /**< only send such frames, for a profiler to look at */
  std::size_t frames = 1000;      /**< so many */

  /** @return nothing, after saying why on stderr, when the command line is wrong */
  static std::optional<SinkOptions> parse (int argc, char **argv);
};

}  // namespace numpro::bench
