/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "debug.h"

GstDebugCategory *numpro::batch_category ()
{
  // Not with the element's class: tests use these classes without one.
  static GstDebugCategory *const category =
      _gst_debug_category_new ("numprobatch", 0, "batches of numbered frames and their ways out");
  return category;
}
