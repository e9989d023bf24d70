/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "elementoptions.h"

namespace numpro::media {

/** All properties of numproverlay. */
class OverlayOptions : public ElementOptions
{
 public:
  /** @param defaults that are others than the element's */
  explicit OverlayOptions (Values defaults = {})
      : ElementOptions (
            "numproverlay", [] (const char *) { return true; }, std::move (defaults))
  {
  }
};

}  // namespace numpro::media
