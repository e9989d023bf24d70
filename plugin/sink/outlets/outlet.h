/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "lib/base/inbox.h"
#include "plugin/sink/batching/ticket.h"

namespace numpro {

/** A way for batches to leave the element. */
class Outlet
{
 public:
  explicit Outlet (std::size_t capacity) : inbox_ (capacity) {}
  virtual ~Outlet () = default;
  Outlet (const Outlet &) = delete;
  Outlet &operator= (const Outlet &) = delete;

  virtual Duty duty () const { return Duty::kHand; }

  /** Whether there is somebody to take this. */
  virtual bool wants (const Dossier &) const { return true; }

  /** Whether EOS waits until all batches are taken. */
  virtual bool drains_at_eos () const { return true; }

  /** Waits until all batches are taken. @return whether it came to that in time */
  virtual bool wait_until_idle (std::chrono::nanoseconds timeout)
  {
    return inbox_.wait_until_idle (timeout);
  }

  /** While flushing, what is being taken is given up where that is possible. */
  virtual void set_flushing (bool) {}

  /** Lets go of all batches; takes none from now on. What is being taken has been when it returns.
   */
  virtual void stop ()
  {
    inbox_.shut ();
    inbox_.wait_until_done ();
  }

  /** Batches that are to leave here. */
  Inbox<TicketPtr> &inbox () { return inbox_; }

 private:
  Inbox<TicketPtr> inbox_;
};

/** An outlet with a thread of its own. */
class ThreadedOutlet : public Outlet
{
 public:
  using Outlet::Outlet;
  ~ThreadedOutlet () override;

  /** Waits until the thread has ended. To be called in the destructor of what overrides take(). */
  void stop () final;

 protected:
  /** To be called at the end of the constructor of what overrides take(). */
  void start ();

  /** Takes a batch to where it is to go, on the outlet's thread, or tells its loss. */
  virtual void take (Ticket &ticket) = 0;

  /** Cancelled when the outlet stops. */
  GCancellable *cancellable () const { return cancellable_.get (); }

 private:
  const OwnedBy<GCancellable, g_object_unref> cancellable_{g_cancellable_new ()};
  std::thread thread_;
};

}  // namespace numpro
