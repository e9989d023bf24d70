/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

#include "stamplook.h"

namespace reader {

/**
 * The cells of a sheet, found by the numbers on it: the fewest columns and rows with which most of
 * what looks like a number stands where a cell has its number. The picture itself, as one cell, if
 * there is nothing like a number.
 */
std::vector<Box> cells_of_sheet (const Picture &sheet, const StampLook &look);

}  // namespace reader
