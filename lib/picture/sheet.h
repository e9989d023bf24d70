/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>
#include <string>

#include "picture.h"

namespace numpro {

/** How many pictures a sheet has room for. */
struct SheetOptions {
  guint columns, rows;

  guint cells () const { return columns * rows; }
};

/** Why no JPEG has room for a sheet of pictures of this size; empty when one has. */
std::string sheet_problem (const SheetOptions &options, int width, int height);

/**
 * Puts pictures together, row by row from the top left, as T2SGrid (arXiv 2603.06973) does: cells
 * that are left over are black.
 *
 * @param pictures as many as there are cells at most, all of one size and ready for a JFIF file
 */
void compose_sheet (std::span<const Picture *const> pictures, const SheetOptions &options,
                    Picture &sheet);

}  // namespace numpro
