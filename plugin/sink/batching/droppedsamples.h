/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "sampleaccount.h"

namespace numpro {

/**
 * Samples that gave way one by one before they were in a batch. They are told together, at most
 * once a second, or a camera too fast would flood the bus. Thread-safe.
 */
class DroppedSamples
{
 public:
  explicit DroppedSamples (EventsPtr events) : events_ (std::move (events)) {}

  void add (SampleAccountPtr account);

  /** How long until they may be told: zero when it is time, none when there are none. */
  std::optional<std::chrono::nanoseconds> time_to_tell () const;

  /** Tells those that were not told before. */
  void tell ();

 private:
  using Clock = std::chrono::steady_clock;

  const EventsPtr events_;
  mutable std::mutex mutex_;
  LossReportPtr report_;                   // of those that are not told yet
  std::optional<Clock::time_point> told_;  // when some were last
};

}  // namespace numpro
