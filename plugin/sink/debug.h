/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/** Debug category "numprobatch": batches, outlets and what becomes of them. */
GstDebugCategory *batch_category ();

}  // namespace numpro
