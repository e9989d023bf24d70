/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/** The debug category "numpromodel", there whether or not the plugin is loaded. */
inline GstDebugCategory *model_debug ()
{
  static GstDebugCategory *const category = [] {
    GstDebugCategory *made = nullptr;
    GST_DEBUG_CATEGORY_INIT (made, "numpromodel", 0, "asking a model");
    return made;
  }();
  return category;
}

}  // namespace numpro

#define GST_CAT_DEFAULT (numpro::model_debug ())
