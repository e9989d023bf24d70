/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

namespace numpro {

/**
 * The sum of what two requests cost, as a server tells it: numbers of the same name are added, also
 * in objects inside. Anything else is as in the first one that has it.
 *
 * @param one, other JSON objects as parse_json() takes them; empty where the server did not tell
 */
std::string add_usage (const std::string &one, const std::string &other);

}  // namespace numpro
