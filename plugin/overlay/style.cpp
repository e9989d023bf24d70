/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "style.h"

#include <algorithm>

namespace numpro {

double Style::scale (const GstVideoInfo &info) const
{
  if (reference_height == 0)
    return 1.0;
  const int shorter = std::min (GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_FIELD_HEIGHT (&info));
  return static_cast<double> (shorter) / reference_height;
}

}  // namespace numpro
