/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gst/numpro/json.h"
#include "gst/numpro/prompt.h"
#include "reading.h"

namespace numpro {

struct JsonAnswer {
  std::optional<Json> root; /**< an object or an array; nothing where the text has no JSON */
  std::string obstacle;     /**< why its JSON cannot be read; empty when it can, or there is none */
};

/** The JSON in an answer, with or without fences and words around it. */
JsonAnswer find_json (std::string_view text);

/** The text of {"answer": "From 3 to 9"}. */
std::optional<std::string> text_inside (const Json &root);

/** Reads what gst_numpro_prompt_get_schema() asks for, and its like. */
Reading read_object (GstNumproTask task, const Json &root);

}  // namespace numpro
