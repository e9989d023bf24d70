/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>

#include "outlet.h"

namespace numpro {

/** Hands batches to the application as it asks for them. */
class PullOutlet final : public Outlet
{
 public:
  /** @param only_outlet batches have no other way out, so they wait here from the start */
  PullOutlet (std::size_t capacity, bool only_outlet, EventsPtr events)
      : Outlet (capacity, std::move (events)), wanted_ (only_outlet)
  {
  }

  bool wants (const OutgoingBatch &batch) const override { return wanted_ && batch.is_new (); }
  bool drain (std::chrono::nanoseconds timeout) override;

  /** The next batch; null at the end of the stream, when stopped or when time is up. */
  BatchPtr pull (std::optional<std::chrono::nanoseconds> timeout);

 private:
  std::atomic<bool> wanted_;
};

}  // namespace numpro
