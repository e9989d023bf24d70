/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "contender.h"

namespace numpro::bench {

/**
 * Sends frames through one element, for a profiler to look at, and prints what one took.
 *
 * @return false, after saying why on stderr, when it does not work
 */
bool run_one_cell (const Contender &contender, const FrameKind &kind, std::size_t frames);

}  // namespace numpro::bench
