/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/** The debug category "numpromodel", there whether or not the plugin is loaded. */
GstDebugCategory *model_debug ();

}  // namespace numpro

#define GST_CAT_DEFAULT (numpro::model_debug ())
