/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <filesystem>
#include <vector>

namespace numpro::bench {

/** One 8-bit plane of 4:2:0 video. */
struct YuvPlane {
  const guint8 *samples;
  int stride, width, height;
};

/** One value for each pixel. */
struct Channel {
  int width = 0, height = 0;
  std::vector<float> values;

  float at (int x, int y) const { return values[static_cast<std::size_t> (y) * width + x]; }
};

/** Pixels from (left, top) up to but not including (right, bottom). */
struct Area {
  int left = 0, top = 0, right = 0, bottom = 0;
};

/** A picture as a screen would show it, 0..255. */
struct RgbImage {
  Channel r, g, b;

  /** What the planes (Y, U, V) show when read with this matrix and range. */
  static RgbImage of_planes (const YuvPlane (&planes)[3], const GstVideoColorimetry &colorimetry);

  static RgbImage of_frame (GstBuffer *buffer, GstVideoInfo info);

  /** @param colorimetry to read the file's samples with: a viewer takes JFIF's */
  static RgbImage of_jpeg (const std::filesystem::path &path,
                           const GstVideoColorimetry &colorimetry);

  /** A smaller picture: each pixel is the mean of all it covers. */
  RgbImage reduced (int width, int height) const;

  /** Brightness, by BT.601. */
  Channel luma () const;

  /** Red against brightness. */
  Channel cr () const;
};

/** BT.601, full range. */
GstVideoColorimetry jfif_colors ();

/** Mean structural similarity (Wang et al. 2004) over all 8x8 windows of an area; 1 = equal. */
double ssim (const Channel &a, const Channel &b, const Area &area);

}  // namespace numpro::bench
