/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <vector>

namespace numpro::media {

/** What is wrong with the questions of a command line, without a full stop, or nothing. */
std::string problem_of_questions (const std::vector<std::string> &questions);

}  // namespace numpro::media
