/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "lib/base/boundedqueue.h"
#include "plugin/sink/batching/outgoingbatch.h"

namespace numpro {

/** A way for batches to leave the element: a queue, and whoever takes batches out of it. */
class Outlet
{
 public:
  /** @param capacity batches that wait at most */
  Outlet (std::size_t capacity, EventsPtr events);
  virtual ~Outlet () = default;
  Outlet (const Outlet &) = delete;
  Outlet &operator= (const Outlet &) = delete;

  /** Whether there is somebody to take this. */
  virtual bool wants (const OutgoingBatch &batch) const { return batch.is_new (); }

  /** Whether it makes bundles of batches, and says where they are. */
  virtual bool stores () const { return false; }

  /** Queues a batch, and tells what gives way. Waits for room where nothing may. */
  void offer (OutgoingBatchPtr batch, LeakyType leaky);

  /** The stream ends: nobody waits for room where a batch can be left otherwise. */
  virtual void begin_drain () {}

  /** No batch comes any more: waits until all are taken. @return whether it came to that in time */
  virtual bool drain (std::chrono::nanoseconds timeout) { return queue_.wait_until_idle (timeout); }

  /** Loses the batches that wait, and those that are offered until stop_flush(). */
  virtual void start_flush ();
  virtual void stop_flush () { queue_.stop_flush (); }

  /** Loses what waits, for good. When it returns, what was being taken has been. */
  virtual void stop ();

 protected:
  /** Gives up a batch that will not be taken here, and tells it. @param lost with its number */
  virtual void lose (OutgoingBatchPtr batch, Lost lost);

  BoundedQueue<OutgoingBatchPtr> queue_;
  const EventsPtr events_;
};

}  // namespace numpro
