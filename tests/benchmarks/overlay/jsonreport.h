/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "plan.h"
#include "results.h"

namespace numpro::bench {

/** Writes the results for programs. @return false, after saying why on stderr, when it cannot */
bool write_json (const std::string &path, const Plan &plan, const Results &results);

}  // namespace numpro::bench
