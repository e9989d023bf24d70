/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace reader {

/** Members keep their order. */
using Json = nlohmann::ordered_json;

/** Reads strict JSON. @throw std::exception if it is none, or has too many levels */
Json parse_json (std::string_view text);

/** On one line; bytes that are no UTF-8 are replaced by U+FFFD. */
std::string to_text (const Json &json);

/** A member; null if there is none, or if @json is no object. */
const Json *find_member (const Json &json, const char *name);

/** A member that is text, likewise. */
const std::string *find_text (const Json &json, const char *name);

}  // namespace reader
