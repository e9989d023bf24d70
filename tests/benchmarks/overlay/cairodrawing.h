/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tests/benchmarks/framekind.h"

namespace numpro::bench {

/** Lets a cairooverlay draw numbers of three digits where and as large as numproverlay does. */
void draw_numbers_with_cairo (GstElement *cairooverlay, const FrameKind &kind);

}  // namespace numpro::bench
