/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

namespace reader {

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
