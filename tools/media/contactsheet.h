/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <vector>

#include "framereader.h"

namespace numpro::media {

/** Frames of a recording side by side in one picture, each with its time under it. */
class ContactSheet
{
 public:
  /** Adds @count frames, evenly spaced over the whole recording and in order. */
  void add_frames (FrameReader &reader, int count);

  std::size_t size () const { return frames_.size (); }

  /** Whether the PNG was written. */
  bool write (const std::string &location) const;

 private:
  std::vector<Frame> frames_;
};

}  // namespace numpro::media
