/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <algorithm>
#include <cmath>

/** Contrast as WCAG 2 defines it, written down apart from the product. */
struct Wcag {
  static double linear (double value)
  {
    return value <= 0.04045 ? value / 12.92 : std::pow ((value + 0.055) / 1.055, 2.4);
  }

  /** Relative luminance of values from 0 to 255. */
  static double luminance (double red, double green, double blue)
  {
    return 0.2126 * linear (red / 255) + 0.7152 * linear (green / 255) +
           0.0722 * linear (blue / 255);
  }

  static double luminance (guint32 argb)
  {
    return luminance (argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff);
  }

  /** Of two relative luminances: 1 to 21. */
  static double ratio (double one, double other)
  {
    return (std::max (one, other) + 0.05) / (std::min (one, other) + 0.05);
  }
};
