/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "answer.h"

namespace reader {

/**
 * The answer as JSON that fits @schema, an object. What a field is for is told by its name and
 * type: "found", "spans" of objects with "first" and "last" (or "start", "end", "from", "to"),
 * "highlights" of objects with a number and a "score", "first_frame" and "last_frame" outside of
 * these for the first and last number that could be read, and text for anything else.
 */
std::string fill_schema (const nlohmann::ordered_json &schema, const Answer &answer);

}  // namespace reader
