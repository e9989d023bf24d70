/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "overlayoptions.h"

namespace numpro::media {

/** What numproverlay says against what options ask of it, in a sentence, or nothing. */
std::string obstacle_to_look (const OverlayOptions &look);

}  // namespace numpro::media
