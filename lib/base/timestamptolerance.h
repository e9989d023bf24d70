/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/**
 * How early a timestamp may be and still be meant: containers round times to milliseconds, and
 * cameras jitter. In ns.
 */
constexpr GstClockTime kTimestampTolerance = GST_MSECOND;

}  // namespace numpro
