/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>
#include <string>

#include "../framekind.h"

namespace numpro::bench {

/** A way to make small JPEG files of video. */
struct ImageWay {
  const char *label;
  /** %E: longer edge, %S: size as caps, %D: directory, %R: images per second, %B: images of a batch
   */
  const char *launch;
  bool is_numprosink = false;

  struct Order {
    FrameKind kind; /**< frames */
    int max_edge;
    std::string directory, rate;
    unsigned batch;
  };
  std::string launch_line (const Order &order) const;
};

/** In the table's order. */
std::span<const ImageWay> image_ways ();

/** What the others are compared with: what a user would put together. */
inline constexpr const char *kJpegenc = "videorate ! videoscale ! jpegenc ! multifilesink";

/** Size of a frame's image. */
FrameKind image_kind (const FrameKind &kind, int max_edge);

}  // namespace numpro::bench
