/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/** The debug category of everything in this folder: GST_DEBUG=numproseiinserter:LEVEL shows it. */
GstDebugCategory *record_debug ();

}  // namespace numpro

#define GST_CAT_DEFAULT numpro::record_debug ()
