/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>

namespace numpro::media {

/** What options that are lengths of time take, for people. */
constexpr char kDurationWords[] = "a time such as 30s, 10min or 8h";

/** "30", "30s", "10min", "1.5h". None where the text is no length of time above zero. */
std::optional<GstClockTime> parse_duration (const std::string &text);

/** A length of time as parse_duration() takes it: "60s". */
std::string duration_text (GstClockTime duration);

}  // namespace numpro::media
