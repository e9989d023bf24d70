/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

// For declarations: all of json.h takes a second to compile.

#include <nlohmann/json_fwd.hpp>

namespace numpro {

/** Members stay in the order in which they were added. */
using Json = nlohmann::ordered_json;

}  // namespace numpro
