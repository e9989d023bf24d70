/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

namespace numpro::bench {

/** What several measurements of one thing say, without their outliers. */
struct Summary {
  double median = 0;
  double deviation = 0; /**< median absolute deviation from the median */

  /** @pre values is not empty */
  static Summary of (const std::vector<double> &values);
};

/** The value that so large a share of all values does not exceed. @pre values is not empty */
double percentile (std::vector<double> values, double share);

}  // namespace numpro::bench
