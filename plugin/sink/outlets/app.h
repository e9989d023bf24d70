/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>

#include "plugin/sink/events/reporter.h"
#include "outlet.h"

namespace numpro {

/** Hands batches to the application as it asks for them. */
class PullOutlet final : public Outlet
{
 public:
  /** @param only_outlet batches have no other way out, so they wait here from the start */
  PullOutlet (std::size_t capacity, bool only_outlet) : Outlet (capacity), wanted_ (only_outlet) {}

  bool wants (const Dossier &) const override { return wanted_; }
  bool drains_at_eos () const override { return false; }

  /** The next batch, owned by the caller; null at the end of the stream or when time is up. */
  GstNumproBatch *pull (std::optional<std::chrono::nanoseconds> timeout);

 private:
  std::atomic<bool> wanted_;
};

/** Hands batches to the application by a signal, on a thread of its own. */
class SignalOutlet final : public ThreadedOutlet
{
 public:
  SignalOutlet (std::size_t capacity, Reporter &reporter);
  ~SignalOutlet () override;

 private:
  void take (Ticket &ticket) override;

  Reporter &reporter_;
};

}  // namespace numpro
