/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

namespace numpro::bench {

/** What the times depend on beside the elements. */
struct Machine {
  std::string cpu;
  unsigned cores;
  std::string gstreamer;
  std::string buildtype;

  static Machine here ();
};

}  // namespace numpro::bench
