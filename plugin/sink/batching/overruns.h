/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

namespace numpro {

/**
 * Numbers of samples that gave way one by one before they were in a batch. They are told together,
 * at most once a second, or a camera too fast would flood the bus.
 */
class Overruns
{
 public:
  void add (guint64 number);

  /** How long until they may be told: zero when it is time, none when there are none. */
  std::optional<std::chrono::nanoseconds> time_to_tell () const;

  /** @return those that were not taken before, to be told now */
  std::vector<guint64> take ();

 private:
  using Clock = std::chrono::steady_clock;

  mutable std::mutex mutex_;
  std::vector<guint64> numbers_;
  std::optional<Clock::time_point> taken_;  // when some were last
};

}  // namespace numpro
