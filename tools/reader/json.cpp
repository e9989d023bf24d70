/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

#include <stdexcept>

namespace reader {

namespace {

// Far more than any request has; what fills a schema calls itself for each of them.
constexpr int kMostLevels = 64;

}  // namespace

Json parse_json (std::string_view text)
{
  return Json::parse (text, [] (int depth, Json::parse_event_t, const Json &) {
    if (depth > kMostLevels)
      throw std::runtime_error ("there are more than " + std::to_string (kMostLevels) + " levels");
    return true;
  });
}

std::string to_text (const Json &json)
{
  return json.dump (-1, ' ', false, Json::error_handler_t::replace);
}

const Json *find_member (const Json &json, const char *name)
{
  const auto found = json.find (name);
  return found == json.end () ? nullptr : &*found;
}

const std::string *find_text (const Json &json, const char *name)
{
  const Json *member = find_member (json, name);
  return member ? member->get_ptr<const std::string *> () : nullptr;
}

}  // namespace reader
