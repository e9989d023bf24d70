/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <vector>

#include "requestheaders.h"

namespace numpro {

/**
 * The headers that a structure's fields stand for, in their order; of a field that is an array or a
 * list there are several.
 *
 * @param structure may be null
 */
std::vector<HeaderSetting> header_settings (const GstStructure *structure);

}  // namespace numpro
