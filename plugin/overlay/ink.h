/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <array>
#include <optional>

#include "contrast.h"

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
   * of kReferenceWhite, in the frame's primaries. Primaries of other frames are not looked at.
   *
   * @param argb 0xAARRGGBB, full-range sRGB as the user writes it
   * @param format of the frame
   * @param colorimetry of the frame
   */
  Ink (guint32 argb, const GstVideoFormatInfo *format, const GstVideoColorimetry &colorimetry);
};

/** Tells what component values show, those of an Ink for example. */
class ColorDecoder
{
 public:
  /** @param format and colorimetry of the frame that the values are from */
  ColorDecoder (const GstVideoFormatInfo *format, const GstVideoColorimetry &colorimetry);

  /** @param components R G B, Y U V or Y, in the format's depth */
  Rgb decode (const std::array<double, 3> &components) const
  {
    Rgb color = start_;
    for (std::size_t c = 0; c < components.size (); ++c) {
      for (std::size_t i = 0; i < color.size (); ++i)
        color[i] += components[c] * shares_[c][i];
    }
    return hdr_ ? on_sdr_display (color) : color;
  }

 private:
  Rgb on_sdr_display (const Rgb &signal) const;

  // What each component adds to red, green and blue, and what is there without any.
  std::array<Rgb, 3> shares_ = {};
  Rgb start_ = {};
  std::optional<GstVideoColorimetry> hdr_;  // of the frame, where it is PQ or HLG
};

}  // namespace numpro
