/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "gst/numpro/json.h"

namespace numpro::bench {

/** An object that tells of this machine. */
Json describe_machine ();

/** @return false, after saying why on stderr, when the file cannot be written */
bool write_json_file (const std::string &path, const Json &json);

}  // namespace numpro::bench
