/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>

#include "phrasematcher.h"
#include "reading.h"

namespace numpro {

/**
 * Reads which frames a description speaks of: "(frame 3)", "(frames 3-9)", "in frames 3, 5 and 9".
 * It is free in all else, but where it names a frame, that must be read without doubt.
 */
Reading read_description (std::span<const Token> tokens, const PhraseMatcher &phrases);

}  // namespace numpro
