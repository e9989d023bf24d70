/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "custody.h"

#include <algorithm>
#include <utility>

namespace numpro {

std::vector<Loss> Custody::keep (const Stakes &stakes)
{
  const std::size_t count = std::min (overlap_, stakes.size ());
  Stakes kept (stakes.end () - static_cast<std::ptrdiff_t> (count), stakes.end ());
  fate_->hold (kept);
  return fate_->release (std::exchange (kept_, std::move (kept)), nullptr);
}

std::vector<Loss> Custody::let_go ()
{
  return fate_->release (std::exchange (kept_, {}), nullptr);
}

}  // namespace numpro
