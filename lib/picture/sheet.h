/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>

#include "picture.h"

namespace numpro {

/** How many pictures a sheet has room for. */
struct SheetRule {
  guint columns, rows;

  guint cells () const { return columns * rows; }
};

/** Pixels from the left edge of a cell to that of the next one, for pictures of this width. */
int cell_pitch (int width);

/**
 * Puts pictures together, row by row from the top left, as T2SGrid (arXiv 2603.06973) does: cells
 * that are left over are black.
 *
 * @param pictures as many as there are cells at most, all of one size and ready for a JFIF file
 */
void compose_sheet (std::span<const Picture *const> pictures, const SheetRule &rule,
                    Picture &sheet);

}  // namespace numpro
