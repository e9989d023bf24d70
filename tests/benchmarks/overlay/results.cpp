/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "results.h"

#include <algorithm>

#include "contender.h"

namespace numpro::bench {

const Cell *Results::find (std::string_view key, const FrameKind &kind) const
{
  const auto found = std::ranges::find_if (
      cells_, [&] (const Cell &cell) { return cell.key == key && cell.kind == kind; });
  return found == cells_.end () ? nullptr : &*found;
}

std::optional<double> Results::times_cheaper (const Cell &cell) const
{
  const Cell *yardstick = find (kYardstick, cell.kind);
  if (!yardstick || cell.key == kFloor || cell.net.median <= 0 || yardstick->net.median <= 0)
    return std::nullopt;
  return yardstick->net.median / cell.net.median;
}

}  // namespace numpro::bench
