/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "showncolor.h"

#include <cmath>

#include "lumaweights.h"

namespace numpro {

bool is_grey (const GstVideoFormatInfo *format)
{
  return GST_VIDEO_FORMAT_INFO_IS_GRAY (format);
}

guint32 shown_color (guint32 argb, const GstVideoInfo &info)
{
  if (!is_grey (info.finfo))
    return argb;
  const double grey = 255 * LumaWeights (info.colorimetry.matrix).luma (rgb_of (argb));
  return (argb & 0xff000000) | static_cast<guint32> (std::lround (grey)) * 0x010101;
}

}  // namespace numpro
