/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>

#include "frameanalysis.h"
#include "stampreader.h"

namespace reader {

/** How an image is to be looked at. */
struct AnalysisOptions {
  StampLook look;
  bool is_sheet = false; /**< several frames on one image */
  int largest_edge = 0;  /**< it is shrunken to so many pixels before; 0 = it is not */
};

/** What was seen on an image. */
struct ImageAnalysis {
  FrameAnalyses frames; /**< the frames whose number can be read */
  int width = 0, height = 0;
};

/** Looks at images, in one thread. */
class ImageAnalyzer
{
 public:
  /** Why nothing can be read, in a sentence; empty if it can. */
  const std::string &problem () const { return reader_.problem (); }

  /** None if it is no JPEG. */
  std::optional<ImageAnalysis> analyze (const std::string &jpeg, const AnalysisOptions &options);

 private:
  StampReader reader_;
};

}  // namespace reader
