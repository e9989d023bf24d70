/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <array>

#include "namedcolor.h"
#include "picture.h"

namespace reader {

/** How much of a picture is of each of named_colors(), in parts of 1, where @stamp is not. */
std::array<double, kNamedColors> color_shares (const Picture &picture, const Box &stamp);

}  // namespace reader
