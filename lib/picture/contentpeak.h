/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/**
 * The brightest light of a stream that its caps tell of, cd/m2: of its content (MaxCLL), or of the
 * display that it was mastered on (SMPTE ST 2086), whichever is less. 0 where they tell of neither.
 */
double content_peak (const GstCaps *caps);

}  // namespace numpro
