/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

#include "lib/base/owned.h"

namespace numpro {

/** The batch in parts of so many images at most, one after the other, each with its samples. */
std::vector<BatchPtr> split_batch (GstNumproBatch *batch, guint images);

}  // namespace numpro
