/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/check/gstcheck.h>
// A macro by the name of std::ios::fail.
#undef fail

/**
 * fail_unless() for loops over pixels or an hour of frames. The original writes a note to a file
 * for every check that passes, which then takes longer than what is tested.
 */
#define fail_unless_in_loop(condition, ...) \
  do {                                      \
    if (!(condition))                       \
      ck_abort_msg (__VA_ARGS__);           \
  } while (0)
