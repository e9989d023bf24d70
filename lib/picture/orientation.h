/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <array>

namespace numpro {

/** Every way to turn a frame, the frame as it is first. */
constexpr std::array<GstVideoOrientationMethod, 8> kOrientationMethods = {
    GST_VIDEO_ORIENTATION_IDENTITY, GST_VIDEO_ORIENTATION_90R,   GST_VIDEO_ORIENTATION_180,
    GST_VIDEO_ORIENTATION_90L,      GST_VIDEO_ORIENTATION_HORIZ, GST_VIDEO_ORIENTATION_VERT,
    GST_VIDEO_ORIENTATION_UL_LR,    GST_VIDEO_ORIENTATION_UR_LL};

/**
 * How frames lie in memory, compared with how they are to be seen.
 *
 * The pixel in the viewer's column u and row v is in memory at x and y: x counts what u counts, and
 * y what v does, the other way round where axes are swapped; from the far end where they are
 * reversed.
 */
struct Orientation {
  bool swaps_axes = false; /**< rows in memory are the viewer's columns */
  bool reverses_x = false; /**< the first column in memory is the viewer's last one (or last row) */
  bool reverses_y = false; /**< the first row in memory is the viewer's last one (or last column) */

  /** @param method what a player does to show the frame */
  static Orientation of (GstVideoOrientationMethod method);

  /** What a player does to show the frame. */
  GstVideoOrientationMethod method () const;

  /** Whether frames lie as they are to be seen. */
  bool is_upright () const { return *this == Orientation{}; }

  bool operator== (const Orientation &) const = default;
};

}  // namespace numpro
