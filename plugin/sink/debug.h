/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/**
 * The debug category "numprobatch": batches, outlets and what becomes of them. There without the
 * element too, for tests.
 */
inline GstDebugCategory *batch_debug ()
{
  static GstDebugCategory *const category =
      _gst_debug_category_new ("numprobatch", 0, "batches of numbered frames and their ways out");
  return category;
}

}  // namespace numpro

#define GST_CAT_DEFAULT (numpro::batch_debug ())
