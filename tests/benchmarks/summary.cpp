/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "summary.h"

#include <algorithm>
#include <cmath>

namespace numpro::bench {

namespace {

double median_of (std::vector<double> values)
{
  std::ranges::sort (values);
  const std::size_t middle = values.size () / 2;
  return values.size () % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

Summary Summary::of (const std::vector<double> &values)
{
  const double median = median_of (values);
  std::vector<double> distances (values.size ());
  std::ranges::transform (values, distances.begin (),
                          [=] (double value) { return std::abs (value - median); });
  return {median, median_of (std::move (distances))};
}

double percentile (std::vector<double> values, double share)
{
  std::ranges::sort (values);
  const double rank = std::ceil (share * static_cast<double> (values.size ()));
  return values[static_cast<std::size_t> (std::max (rank, 1.0)) - 1];
}

}  // namespace numpro::bench
