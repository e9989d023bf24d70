/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer.h"

#include "coloreye.h"
#include "sheetcutter.h"

namespace reader {

std::optional<View> Viewer::look_at (const std::string &jpeg, const ViewRule &rule)
{
  std::optional<Picture> image = Picture::from_jpeg (jpeg);
  if (!image)
    return std::nullopt;
  if (rule.largest_edge > 0)
    *image = image->shrunken (rule.largest_edge);
  const std::vector<Box> cells = rule.is_sheet
                                     ? cells_of_sheet (*image, rule.look)
                                     : std::vector<Box>{{0, 0, image->width (), image->height ()}};
  View view{{}, image->width (), image->height ()};
  for (const Box &cell : cells) {
    const Picture frame = image->cut (cell);
    if (const auto stamp = reader_.read (frame, rule.look))
      view.sightings.push_back ({stamp->number, color_shares (frame, stamp->box)});
  }
  return view;
}

}  // namespace reader
