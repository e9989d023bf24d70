/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <span>
#include <string>

#include "pace.h"
#include "results.h"
#include "tests/benchmarks/framekind.h"

namespace numpro::bench {

/** A way to draw numbers that is a program of its own: a row of the table too. */
struct Outsider {
  const char *key;
  const char *label;
  const char *needs; /**< what to install for it */

  bool (*installed) ();
  bool (*takes) (const FrameKind &kind);
  /** @return nothing when the program failed */
  std::optional<Cell> (*measure) (const Outsider &self, const FrameKind &kind, const Pace &pace);

  /** How many frames a run has. */
  static unsigned frames (const FrameKind &kind, const Pace &pace);

  /** As large as numproverlay draws, in pixels. */
  static unsigned font_size (const FrameKind &kind);
};

/** What outsiders draw with; they want a file. */
inline constexpr const char *kFontFile = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";

/** In the table's order. */
std::span<const Outsider> outsiders ();

}  // namespace numpro::bench
