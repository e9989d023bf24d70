/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <thread>

#include "lib/base/threadname.h"
#include "outlet.h"

namespace numpro {

/** An outlet that takes one batch after the other on a thread of its own. */
class ThreadedOutlet : public Outlet
{
 public:
  using Outlet::Outlet;

  /** Waits until the thread has ended. To be called in the destructor of what overrides take(). */
  void stop () final
  {
    g_cancellable_cancel (cancellable_.get ());
    Outlet::stop ();
    if (thread_.joinable ())
      thread_.join ();
  }

 protected:
  /** To be called at the end of the constructor of what overrides take(). @param name of the thread
   */
  void start (const char *name)
  {
    thread_ = std::thread ([this, name] {
      name_thread (name);
      while (std::optional<OutgoingBatchPtr> batch = queue_.pop ()) {
        take (std::move (*batch));
        queue_.done ();
      }
    });
  }

  /** Takes a batch to where it is to go, or loses it. */
  virtual void take (OutgoingBatchPtr batch) = 0;

  /** Cancelled when the outlet stops. */
  const OwnedBy<GCancellable, g_object_unref> cancellable_{g_cancellable_new ()};

 private:
  std::thread thread_;
};

}  // namespace numpro
