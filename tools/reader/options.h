/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>

#include "server.h"

namespace reader {

/** Reads the command line; none, and a word on standard error, if it makes no sense. */
std::optional<ServerSettings> parse_options (int argc, char **argv);

}  // namespace reader
