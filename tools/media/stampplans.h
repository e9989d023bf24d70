/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "filestamper.h"
#include "stampoptions.h"

namespace numpro::media {

/**
 * Which input is written to which output.
 * @return the plans, or what is wrong with the command line, in a sentence
 */
std::variant<std::vector<StampPlan>, std::string> stamp_plans (const StampOptions &options);

/** Why an input cannot be stamped to its output, in a sentence, or nothing. */
std::string obstacle_to (const StampPlan &plan);

}  // namespace numpro::media
