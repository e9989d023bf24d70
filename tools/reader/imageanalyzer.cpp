/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "imageanalyzer.h"

#include "colorshares.h"
#include "sheetcutter.h"

namespace reader {

std::optional<ImageAnalysis> ImageAnalyzer::analyze (const std::string &jpeg,
                                                     const AnalysisOptions &options)
{
  std::optional<Picture> image = Picture::from_jpeg (jpeg);
  if (!image)
    return std::nullopt;
  if (options.largest_edge > 0)
    *image = image->shrunken (options.largest_edge);
  const std::vector<Box> cells = options.is_sheet
                                     ? cells_of_sheet (*image, options.look)
                                     : std::vector<Box>{{0, 0, image->width (), image->height ()}};
  ImageAnalysis analysis{{}, image->width (), image->height ()};
  for (const Box &cell : cells) {
    const Picture frame = image->cut (cell);
    if (const auto stamp = reader_.read (frame, options.look))
      analysis.frames.push_back ({stamp->number, color_shares (frame, stamp->box)});
  }
  return analysis;
}

}  // namespace reader
