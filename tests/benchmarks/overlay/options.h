/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>

#include "contender.h"
#include "plan.h"
#include "tests/benchmarks/framekind.h"

namespace numpro::bench {

/** What the command line asks for. */
struct Options {
  std::string json; /**< file to write; empty = none */
  Plan plan;

  /** The only one to run, on frames of one kind; null = measure all as planned. */
  const Contender *contender = nullptr;
  FrameKind kind{GST_VIDEO_FORMAT_I420, 1920, 1080};
  std::size_t frames = 1000;

  /** @return nothing, after saying why on stderr, when the command line is wrong */
  static std::optional<Options> parse (int argc, char **argv);
};

}  // namespace numpro::bench
