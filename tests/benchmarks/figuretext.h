/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "summary.h"

namespace numpro::bench {

/** A value with so many decimals. */
std::string fixed_text (double value, int decimals);

/** A value with as many decimals as make sense for one of its size. */
std::string figure_text (double value);

/** Median ± deviation. */
std::string figure_text (const Summary &summary);

}  // namespace numpro::bench
