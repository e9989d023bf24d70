/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <string>

namespace numpro::asking {

/**
 * The file of an event: PREFIX-QUESTION-EVENT and the extension, both counted from 1.
 *
 * @param question, event counted from 0
 */
inline std::string event_file (const std::string &prefix, guint question, guint event,
                               const char *extension)
{
  return prefix + "-" + std::to_string (question + 1) + "-" + std::to_string (event + 1) +
         extension;
}

}  // namespace numpro::asking
