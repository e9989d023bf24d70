/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <functional>
#include <string>

namespace numpro::media {

/**
 * Settles what a stream's pictures are when the first of them comes: in 4:2:0, which every player
 * shows. H.264 has it in even sizes only: a box adds what is missing, and pictures of more than
 * 8 bits are scaled. A size that changes on the way, which containers do not allow, is scaled to
 * the first.
 */
class PictureSize
{
 public:
  using MakePadding = std::function<GstElement *()>;

  enum class Depth { kEight, kAsItIs };

  explicit PictureSize (Depth depth) : depth_ (depth) {}

  /**
   * @param caps of the stream; only the first ones count
   * @param filter a capsfilter behind a videoscale
   * @param padding gives a videobox behind that, where one is needed
   */
  void settle (GstCaps *caps, GstElement *filter, const MakePadding &padding);

  /** That a stream's size is another than it was, in a sentence without a full stop, or nothing. */
  std::string change_to (const GstCaps *caps) const;

  /** Bits of each component that are encoded; 0 until that is settled. */
  int bits () const { return bits_; }

 private:
  const Depth depth_;
  int bits_ = 0, width_ = 0, height_ = 0;
};

}  // namespace numpro::media
