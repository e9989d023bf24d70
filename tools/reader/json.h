/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gst/numpro/json.h"

namespace reader {

using numpro::dump_json_line;
using numpro::Json;
using numpro::parse_json;

/** A member; null if there is none, or if @json is no object. */
const Json *find_member (const Json &json, const char *name);

/** A member that is text, likewise. */
const std::string *find_text (const Json &json, const char *name);

}  // namespace reader
