/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <thread>

#include "outlet.h"

namespace numpro {

/** An outlet that takes one batch after the other on a thread of its own. */
class ThreadedOutlet : public Outlet
{
 public:
  using Outlet::Outlet;

  /** Waits until the thread has ended. To be called in the destructor of what overrides take(). */
  void stop () final;

 protected:
  /** To be called at the end of the constructor of what overrides take(). @param name of the thread
   */
  void start (const char *name);

  /** Takes a batch to where it is to go, or loses it. */
  virtual void take (OutgoingBatchPtr batch) = 0;

  /** Cancelled when the outlet stops. */
  GCancellable *cancellable () const { return cancellable_.get (); }

 private:
  const OwnedBy<GCancellable, g_object_unref> cancellable_{g_cancellable_new ()};
  std::thread thread_;
};

}  // namespace numpro
