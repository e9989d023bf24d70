/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <algorithm>
#include <optional>
#include <span>

#include "contrast.h"
#include "glyphblend.h"
#include "placement.h"
#include "samplelayout.h"

namespace numpro {

/**
 * Visits some pixels of a box, as far as it lies on a frame of this size: 16 in each of 4 rows, all
 * equally far apart. So many give the mean of a textured ground to a few hundredths, and rows are
 * few because each is another part of memory.
 *
 * @param visit is called with x and y
 * @return how many pixels were visited; 0 when the box lies beside the frame
 */
template <typename Visit>
int visit_ground (const Box &box, int frame_width, int frame_height, Visit visit)
{
  constexpr int kRows = 4, kColumns = 16;
  const int left = std::max (box.x, 0), right = std::min (box.x + box.width, frame_width);
  const int top = std::max (box.y, 0), bottom = std::min (box.y + box.height, frame_height);
  if (left >= right || top >= bottom)
    return 0;
  for (int row = 0; row < kRows; ++row) {
    const int y = top + (2 * row + 1) * (bottom - top) / (2 * kRows);
    for (int column = 0; column < kColumns; ++column)
      visit (left + (2 * column + 1) * (right - left) / (2 * kColumns), y);
  }
  return kRows * kColumns;
}

/** Reads what is under a number: the mean colour, as a picture shows it that is scaled down. */
class GroundReader
{
 public:
  /**
   * @param layout of the pixels that will be read: those of the frame or, for a format that keeps
   *   none of its own, of its unpacked lines
   * @param info of the frame
   */
  GroundReader (const SampleLayout &layout, const GstVideoInfo &info);

  /**
   * @param planes of width x height pixels
   * @param box where the number will be
   * @return nothing when that lies beside the pixels
   */
  std::optional<Rgb> read (std::span<const Plane> planes, int width, int height,
                           const Box &box) const;

 private:
  template <typename Sample>
  double mean (const ComponentLayout &component, const Plane &plane, int width, int height,
               const Box &box) const;

  SampleLayout layout_;
  const GstVideoFormatInfo *format_;
  GstVideoColorimetry colorimetry_;
};

}  // namespace numpro
