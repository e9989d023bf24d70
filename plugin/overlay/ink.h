/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <array>

namespace numpro {

/** The colorimetry of pictures that are no video: R'G'B' from black to white. */
inline constexpr GstVideoColorimetry kFullRangeRgb = {
    GST_VIDEO_COLOR_RANGE_0_255, GST_VIDEO_COLOR_MATRIX_RGB, GST_VIDEO_TRANSFER_UNKNOWN,
    GST_VIDEO_COLOR_PRIMARIES_UNKNOWN};

/** A colour as a video format stores it. */
struct Ink {
  /** Component values in the format's own order and depth: R G B A, Y U V A or Y. */
  std::array<guint32, GST_VIDEO_MAX_COMPONENTS> components = {};
  double opacity = 0; /**< 0..1 */

  Ink () = default;

  /**
   * On frames of high dynamic range (PQ, HLG) a colour is the light of an SDR display with a white
   * of kReferenceWhite, in the frame's primaries. Primaries of other frames are not looked at, as
   * GStreamer takes frames of 2160 rows for BT.2020 where nobody says what they are.
   *
   * @param argb 0xAARRGGBB, full-range sRGB as the user writes it
   * @param format of the frame
   * @param colorimetry of the frame
   */
  Ink (guint32 argb, const GstVideoFormatInfo *format, const GstVideoColorimetry &colorimetry);
};

}  // namespace numpro
