/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "framespipeline.h"
#include "overlayoptions.h"

namespace numpro::media {

/** What the command line of `numpro stamp` asks for. */
struct StampOptions {
  std::vector<std::string> inputs;
  std::string output;
  bool is_frames = false; /**< pictures are written, into the directory that output is */
  FrameOptions frames;
  bool is_forced = false; /**< outputs that are there are written again */
  OverlayOptions look;

  /**
   * After gst_init(). Shows the help and ends the program where that is asked for.
   * @return what is wrong with the command line, in a sentence, or nothing
   */
  std::string parse (int argc, char **argv);

 private:
  std::string read_frame_options (int max_edge, int jpeg_quality);
};

}  // namespace numpro::media
