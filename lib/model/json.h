/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace numpro {

/** Members stay in the order in which they were added. */
using Json = nlohmann::ordered_json;

/** A text is no JSON that can be taken. */
class JsonError : public std::runtime_error
{
 public:
  using std::runtime_error::runtime_error;
};

/**
 * Parses a text from elsewhere. Besides what is no JSON in UTF-8 it refuses nesting deeper than
 * 100, because writing calls itself, and zero characters, because strings of C end there.
 *
 * @throw JsonError
 */
inline Json parse_json (std::string_view text)
{
  const auto check = [] (int depth, Json::parse_event_t event, Json &parsed) {
    using Event = Json::parse_event_t;
    if ((event == Event::object_start || event == Event::array_start) && depth >= 100)
      throw JsonError ("nested too deeply");
    if ((event == Event::key || event == Event::value) && parsed.is_string () &&
        parsed.get_ref<const std::string &> ().find ('\0') != std::string::npos)
      throw JsonError ("a zero character in a string");
    return true;
  };
  if (text.find ('\0') != std::string_view::npos)
    throw JsonError ("a zero character");
  try {
    return Json::parse (text, check);
  } catch (const Json::exception &) {
    // Without its words, which quote the text.
    throw JsonError ("not JSON");
  }
}

}  // namespace numpro
