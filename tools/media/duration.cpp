/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "duration.h"

#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "lib/base/gstowned.h"

namespace numpro::media {

std::optional<GstClockTime> parse_duration (const std::string &text)
{
  constexpr std::array<std::pair<std::string_view, GstClockTime>, 4> kUnits = {
      {{"", GST_SECOND}, {"s", GST_SECOND}, {"min", 60 * GST_SECOND}, {"h", 3600 * GST_SECOND}}};
  constexpr double kLongest = 1e6 * 3600;
  char *end = nullptr;
  const double count = g_ascii_strtod (text.c_str (), &end);
  if (end == text.c_str () || !std::isfinite (count))
    return std::nullopt;
  for (const auto &[unit, length] : kUnits) {
    const double seconds = count * static_cast<double> (length / GST_SECOND);
    if (unit == end && seconds >= 0.001 && seconds <= kLongest)
      return static_cast<GstClockTime> (seconds * GST_SECOND);
  }
  return std::nullopt;
}

std::string duration_text (GstClockTime duration)
{
  const TextPtr text (
      g_strdup_printf ("%gs", static_cast<double> (duration) / static_cast<double> (GST_SECOND)));
  return text.get ();
}

}  // namespace numpro::media
