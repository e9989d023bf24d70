/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "outsider.h"

namespace numpro::bench {

/** ffmpeg's drawtext filter. Its net cost is what ffmpeg uses more with the filter switched on. */
struct FfmpegDrawtext {
  static bool installed ();
  static bool takes (const FrameKind &kind);
  static std::optional<Cell> measure (const Outsider &self, const FrameKind &kind,
                                      const Pace &pace);
};

}  // namespace numpro::bench
