/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>
#include <string>

#include "tests/benchmarks/framekind.h"

namespace numpro::bench {

/** A way to make small JPEG files of video. */
struct ImageWay {
  const char *label;
  /** %E: longer edge, %S: size as caps, %D: directory, %R: images per second, %B: images of a batch
   */
  const char *launch;
  bool is_numprosink = false;
  bool caps_name_colors = true; /**< whether the frames' caps say what their samples mean */

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

/** What a user would put together. Between caps that name no colorimetry it converts colours, since
 *  what GStreamer takes for granted depends on the size. */
inline constexpr const char *kJpegenc = "videorate ! videoscale ! jpegenc ! multifilesink";
inline constexpr const char *kJpegencUnnamed =
    "videorate ! videoscale ! jpegenc ! multifilesink, caps without colorimetry";
inline constexpr const char *kNumprosink = "numprosink, bundles";

/** Size of a frame's image. */
FrameKind image_kind (const FrameKind &kind, int max_edge);

}  // namespace numpro::bench
