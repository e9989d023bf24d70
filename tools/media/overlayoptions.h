/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "elementoptions.h"

namespace numpro::media {

/** All properties of numproverlay. */
class OverlayOptions : public ElementOptions
{
 public:
  OverlayOptions () : ElementOptions ("numproverlay", [] (const char *) { return true; }) {}
};

}  // namespace numpro::media
