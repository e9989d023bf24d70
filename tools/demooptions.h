/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>

#include "tools/media/recording.h"

namespace numpro::media {

/** What the command line of numpro-demo asks for. */
struct DemoOptions {
  RecordingPlan plan;    /**< without names of files */
  std::string directory; /**< for the recording */

  /** Also initialises GStreamer. None, after saying why on stderr, when there is nothing to do. */
  static std::optional<DemoOptions> parse (int argc, char **argv);
};

}  // namespace numpro::media
