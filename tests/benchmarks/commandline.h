/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

namespace numpro::bench {

/**
 * Initialises GStreamer, and reads its options and the program's own.
 *
 * @param summary what --help says of the program
 * @param entries the program's own options; what they fill in is owned by the caller, in any case
 * @return false, after saying why on stderr, when the command line is wrong
 */
bool read_command_line (int argc, char **argv, const char *summary, const GOptionEntry *entries);

}  // namespace numpro::bench
