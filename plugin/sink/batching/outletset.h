/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "plugin/sink/outlets/outlet.h"

namespace numpro {

/** Hands batches to all outlets that want them. */
class OutletSet
{
 public:
  OutletSet (std::vector<std::unique_ptr<Outlet>> outlets, EventsPtr events);

  /**
   * Hands a batch to its outlets; waits where nothing may give way. Whoever keeps it, or its
   * samples' accounts, keeps the samples from being told as dropped.
   */
  void hand_out (OutgoingBatchPtr batch, LeakyType leaky);

  /** The stream ends. As that of an outlet. */
  void begin_drain ();

  /**
   * Waits until the outlets have taken all there is. No more comes for who pulls.
   *
   * @param over asked now and then; ends the wait
   * @return whether they have
   */
  bool drain (const std::function<bool ()> &over);

  /** Batches that wait are lost, and so are those that are handed out until stop_flush(). */
  void start_flush ();
  void stop_flush ();

  /** Lets go of everything, for good. */
  void stop ();

 private:
  const std::vector<std::unique_ptr<Outlet>> outlets_;
  const EventsPtr events_;
};

}  // namespace numpro
