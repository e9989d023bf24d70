/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "contrast.h"
#include "glyphblend.h"
#include "ink.h"
#include "placement.h"
#include "samplelayout.h"

namespace numpro {

/**
 * What is under a number: some pixels of the frame, 8 in each of 4 rows, each in a column of its
 * own. So many tell the contrast of a textured ground to some hundredths, and rows are few because
 * each is another part of memory.
 */
class Ground
{
 public:
  /**
   * @param box where the number will be
   * @param color_at gives the colour of the pixel at x, y
   * @param shade how much darker the number makes the frame, 0..1
   * @return nothing when the box lies beside a frame of this size
   */
  template <typename ColorAt>
  static std::optional<Ground> read (const Box &box, int frame_width, int frame_height,
                                     double shade, ColorAt color_at);

  /** The mean of all pixels. */
  const Rgb &mean () const { return mean_; }

  /** The geometric mean of what a colour's contrast with each pixel is. */
  double contrast_with (const Rgb &color) const;

 private:
  static constexpr int kRows = 4, kColumns = 8, kPixels = kRows * kColumns;

  void add (const Rgb &color);

  Rgb mean_ = {};
  std::array<double, kPixels> luminances_;
  std::size_t count_ = 0;
};

/** Reads the ground from planes in memory. */
class GroundReader
{
 public:
  /**
   * @param layout of the pixels that will be read: those of the frame or, for a format that keeps
   *   none of its own, of its unpacked lines
   * @param info of the frame
   */
  GroundReader (const SampleLayout &layout, const GstVideoInfo &info);

  /** As Ground::read(). @param planes of width x height pixels */
  std::optional<Ground> read (const Box &box, std::span<const Plane> planes, int width, int height,
                              double shade) const;

 private:
  template <typename Sample>
  Rgb color_at (std::span<const Plane> planes, int x, int y) const;

  SampleLayout layout_;
  std::size_t n_components_;
  std::array<double, 3> factors_;  // from the layout's depth to the frame's
  ColorDecoder decoder_;
};

template <typename ColorAt>
std::optional<Ground> Ground::read (const Box &box, int frame_width, int frame_height, double shade,
                                    ColorAt color_at)
{
  const int left = std::max (box.x, 0), right = std::min (box.x + box.width, frame_width);
  const int top = std::max (box.y, 0), bottom = std::min (box.y + box.height, frame_height);
  if (left >= right || top >= bottom)
    return std::nullopt;
  Ground ground;
  for (int row = 0; row < kRows; ++row) {
    const int y = top + (2 * row + 1) * (bottom - top) / (2 * kRows);
    for (int column = 0; column < kColumns; ++column) {
      const int x = left + (2 * (kRows * column + row) + 1) * (right - left) / (2 * kPixels);
      ground.add (blend ({}, shade, color_at (x, y)));
    }
  }
  return ground;
}

}  // namespace numpro
