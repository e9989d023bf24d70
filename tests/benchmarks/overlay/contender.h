/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>
#include <string_view>

#include "lib/base/gstowned.h"
#include "tests/benchmarks/framekind.h"
#include "tests/benchmarks/framering.h"

namespace numpro::bench {

/** An element with settings: a row of the table. */
struct Contender {
  const char *key;    /**< for the command line and for programs */
  const char *label;  /**< for readers */
  const char *launch; /**< as gst-launch-1.0 takes it */
  bool draws = true;
  Handling handling = Handling::kHandOver;
  void (*prepare) (GstElement *element, const FrameKind &kind) = nullptr;

  /** @return a new element, null when its plugin is not installed */
  ElementPtr make_element (const FrameKind &kind) const;
};

/** What the others' time is counted from. */
inline constexpr std::string_view kFloor = "identity";
/** What the others are compared with. */
inline constexpr std::string_view kYardstick = "timeoverlay";
/** What the targets are about. */
inline constexpr std::string_view kReference = "numproverlay";

/** In the table's order, kFloor first. */
std::span<const Contender> contenders ();

/** @return null when there is none of this key */
const Contender *find_contender (std::string_view key);

}  // namespace numpro::bench
