/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "orientation.h"

namespace numpro {

Orientation Orientation::of (GstVideoOrientationMethod method)
{
  switch (method) {
    case GST_VIDEO_ORIENTATION_90R:
      return {.swaps_axes = true, .reverses_y = true};
    case GST_VIDEO_ORIENTATION_180:
      return {.reverses_x = true, .reverses_y = true};
    case GST_VIDEO_ORIENTATION_90L:
      return {.swaps_axes = true, .reverses_x = true};
    case GST_VIDEO_ORIENTATION_HORIZ:
      return {.reverses_x = true};
    case GST_VIDEO_ORIENTATION_VERT:
      return {.reverses_y = true};
    case GST_VIDEO_ORIENTATION_UL_LR:
      return {.swaps_axes = true};
    case GST_VIDEO_ORIENTATION_UR_LL:
      return {.swaps_axes = true, .reverses_x = true, .reverses_y = true};
    case GST_VIDEO_ORIENTATION_IDENTITY:
    case GST_VIDEO_ORIENTATION_AUTO:
    case GST_VIDEO_ORIENTATION_CUSTOM:
      break;
  }
  return {};
}

GstVideoOrientationMethod Orientation::method () const
{
  for (const GstVideoOrientationMethod method : kOrientationMethods) {
    if (of (method) == *this)
      return method;
  }
  return GST_VIDEO_ORIENTATION_IDENTITY;
}

}  // namespace numpro
