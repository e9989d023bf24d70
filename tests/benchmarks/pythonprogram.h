/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace numpro::bench {

/** Whether Python runs this, such as imports. */
bool python_can (const std::string &code);

/**
 * Runs a program in Python that prints times, one a line.
 *
 * @param arguments the file of the program first
 * @return nothing when it failed or printed more or less than @count
 */
std::optional<std::vector<double>> times_by_python (std::vector<std::string> arguments,
                                                    std::size_t count);

}  // namespace numpro::bench
