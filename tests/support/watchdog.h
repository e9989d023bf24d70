/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "loopcheck.h"

/**
 * Bounds each check of a test case, and the exit of the program. When one takes longer, what all
 * threads are at is printed and the program ends. A check that fails is told of at once.
 *
 * @param seconds on a machine with nothing else to do; CK_TIMEOUT_MULTIPLIER makes more of it
 */
void bound_checks (TCase *tcase, double seconds);
