/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lib/picture/pixelaspect.h"
#include "stamptext.h"

namespace numpro {

/** What a stamp looks like. Lengths are pixels of a frame of the reference height. */
struct Style {
  std::string font_desc; /**< Pango font description; a size in it is not used */
  double font_size;
  guint reference_height; /**< lengths scale by the shorter side that is seen / this; 0 = not at all
                           */
  guint color;            /**< 0xAARRGGBB */
  bool is_color_chosen;   /**< whether somebody set it, and so wants it whatever the format shows */
  guint outline_color;    /**< 0xAARRGGBB */
  double outline_width;   /**< 0 = none, or with outline_auto as wide as is usual */
  bool outline_auto;      /**< black or white, whichever can be seen; not outline_color */
  bool shaded_background;
  guint shading_value; /**< 0 leaves the background as it is, 255 makes it black */
  GstNumproHAlign halign;
  GstNumproVAlign valign;
  int xpad, ypad;     /**< distance from the edge, scaled */
  int deltax, deltay; /**< shift right and down as seen, in pixels of the frame, not scaled */
  StampKind stamp;

  /** What lengths are multiplied by on frames of this size, to be counted in the frame's rows. */
  double scale (const GstVideoInfo &info) const
  {
    const double shorter = std::min<double> (GST_VIDEO_INFO_WIDTH (&info) * pixel_aspect (info),
                                             GST_VIDEO_INFO_FIELD_HEIGHT (&info));
    return reference_height == 0 ? 1.0 : shorter / reference_height;
  }

  /** How wide the outline really is; 0 = there is none. */
  double drawn_outline_width () const
  {
    constexpr double kUsual = 2;
    return outline_auto && outline_width == 0 ? kUsual : outline_width;
  }

  /** The colours that the outline may have: none without one, otherwise one or more. */
  std::vector<guint32> outline_colors () const
  {
    if (outline_auto)
      return {0xff000000, 0xffffffff};
    if (outline_width > 0)
      return {outline_color};
    return {};
  }

  /** How much of the frame's light does not come through under the stamp, 0..1. */
  double shade () const { return shaded_background ? shading_value / 255.0 : 0; }

  /**
   * The style that frames of this kind get. Grey ones cannot show the colour that is drawn where
   * nobody chose one, and its grey is lost on many of them: they get white with a black outline.
   */
  Style on (const GstVideoInfo &info) const;

  /**
   * The colour that digits are of: the character's over its outline's, as far as one shows through
   * the other.
   *
   * @return 0xAARRGGBB; 0 where nothing of a digit is to be seen
   */
  guint32 digit_color () const;

  bool operator== (const Style &) const = default;
};

}  // namespace numpro
