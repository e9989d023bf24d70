/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>

#include "threadedoutlet.h"

namespace numpro {

/** Hands batches to the application by a signal. */
class SignalOutlet final : public ThreadedOutlet
{
 public:
  using Emit = std::function<void (GstNumproBatch *)>;

  /** @param emit emits the signal; called on the outlet's thread */
  SignalOutlet (std::size_t capacity, Emit emit, EventsPtr events)
      : ThreadedOutlet (capacity, std::move (events)), emit_ (std::move (emit))
  {
    start ("numpro-signals");
  }
  ~SignalOutlet () override { stop (); }

 private:
  void take (OutgoingBatchPtr batch) override
  {
    emit_ (batch->batch ());
    batch->mark_delivered ();
  }

  const Emit emit_;
};

}  // namespace numpro
