/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include <memory>

#include "faultyreply.h"
#include "rawconnection.h"

namespace reader {

/** A request of a client that is answered later. */
class Exchange
{
 public:
  /** @ended is called, once, when a client that is not served as it should be has gone. */
  Exchange (SoupServerMessage *message, const Fault &fault, std::function<void ()> ended);
  ~Exchange ();
  Exchange (const Exchange &) = delete;
  Exchange &operator= (const Exchange &) = delete;

  /** Sends a reply, in the way of the fault. Once; not if the client has gone. */
  void send (const Reply &reply);

 private:
  static void on_finished (SoupServerMessage *message, gpointer self);

  Fault fault_;
  ObjectPtr<SoupServerMessage> message_;
  bool is_open_ = true;
  std::unique_ptr<RawConnection> raw_;
};

/** Sends a reply at once. */
void send (SoupServerMessage *message, const Reply &reply);

}  // namespace reader
