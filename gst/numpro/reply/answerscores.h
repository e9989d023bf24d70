/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string_view>

#include "reading.h"

namespace numpro {

/** Reads "The highlight frames are in the 3, 4 frames. Their saliency scores are 1.5, 3.0", and
 * lines like "Frame 3: 1.5". */
Reading read_scores (std::string_view plain);

/** Adds a frame and its score; one that is not from 1 to 5 makes the answer unreadable. */
void add_score (Reading &reading, guint64 number, double score);

}  // namespace numpro
