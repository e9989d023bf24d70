/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "outsider.h"

namespace numpro::bench {

/** The way of the NumPro paper's own programs: pillow_drawing.py times itself. */
struct PythonPillow {
  static bool installed ();
  static bool takes (const FrameKind &kind);
  static std::optional<Cell> measure (const Outsider &self, const FrameKind &kind,
                                      const Pace &pace);
};

}  // namespace numpro::bench
