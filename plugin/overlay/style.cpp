/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "style.h"

#include <algorithm>

namespace numpro {

double Style::scale (int width, int height) const
{
  if (reference_height == 0)
    return 1.0;
  return static_cast<double> (std::min (width, height)) / reference_height;
}

}  // namespace numpro
