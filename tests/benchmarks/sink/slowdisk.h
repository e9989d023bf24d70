/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <string>

namespace numpro::bench {

/**
 * Makes a directory as slow as a worn memory card.
 *
 * This program brings an fsync() of its own, which the plugin finds before the C library's. For
 * files in one directory it sleeps before it does its work.
 */
struct SlowDisk {
  static constexpr std::chrono::milliseconds kDelay{200};

  /** @param directory whose files are slow from now on, in all threads */
  static void slow_down (const std::string &directory);

  /** How many calls were delayed. */
  static unsigned long delayed ();
};

}  // namespace numpro::bench
