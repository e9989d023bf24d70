/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "figuretext.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace numpro::bench {

namespace {

int decimals_for (double value)
{
  if (std::abs (value) >= 100)
    return 0;
  return std::abs (value) >= 10 ? 1 : 2;
}

}  // namespace

std::string fixed_text (double value, int decimals)
{
  std::ostringstream text;
  text << std::fixed << std::setprecision (decimals) << value;
  return text.str ();
}

std::string figure_text (double value)
{
  return fixed_text (value, decimals_for (value));
}

std::string figure_text (const Summary &summary)
{
  const int decimals = decimals_for (summary.median);
  return fixed_text (summary.median, decimals) + " ± " + fixed_text (summary.deviation, decimals);
}

}  // namespace numpro::bench
