/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gst/numpro/json.h"
#include "gst/numpro/prompt.h"
#include "reading.h"

namespace numpro {

/** JSON in an answer, and what else the answer consists of. */
struct FoundJson {
  Json root;        /**< an object */
  std::string rest; /**< what stands before and behind it */
};

/**
 * Finds the JSON object of a text: from the first brace that opens one to the last that closes.
 *
 * @return nothing where none begins
 * @throw JsonError where what begins is none, does not end, or is more than one
 */
std::optional<FoundJson> find_json (std::string_view text);

/**
 * Reads an answer in JSON: an object of the asked form, with no members besides. Numbers may be
 * strings of digits.
 */
Reading read_object (GstNumproTask task, const Json &root);

/** Reads what a model says that an answer means: spans or highlights, never, or cannot tell. */
Reading read_restated_object (GstNumproTask task, const Json &root);

}  // namespace numpro
