/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <vector>

#include "framereader.h"

namespace numpro::media {

/** Frames of a recording side by side in one picture, each with a caption under it. */
class ContactSheet
{
 public:
  /** Adds a frame. @param is_marked whether it has a border that stands out */
  void add (SurfacePtr picture, std::string caption, bool is_marked);

  /** Adds @count frames with their times, evenly spaced over the whole recording and in order. */
  void add_frames (FrameReader &reader, int count);

  std::size_t size () const { return cells_.size (); }

  /** Whether the PNG was written. */
  bool write (const std::string &location) const;

 private:
  struct Cell {
    SurfacePtr picture;
    std::string caption;
    bool is_marked;
  };
  std::vector<Cell> cells_;
};

}  // namespace numpro::media
