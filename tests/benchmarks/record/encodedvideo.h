/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <vector>

#include "lib/base/gstowned.h"

namespace numpro::bench {

/** Access units of numbered frames, as an encoder hands them on. */
struct EncodedVideo {
  CapsPtr caps;
  std::vector<BufferPtr> units; /**< each with the number meta of its frame */

  /**
   * Encodes video of 1920x1080.
   * @param encoder launch line
   * @return no units where that does not work
   */
  static EncodedVideo of (const std::string &encoder, unsigned frames);
};

}  // namespace numpro::bench
