/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "app.h"

namespace numpro {

GstNumproBatch *PullOutlet::pull (std::optional<std::chrono::nanoseconds> timeout)
{
  wanted_ = true;
  std::optional<TicketPtr> ticket = inbox ().pop (timeout);
  if (!ticket)
    return nullptr;
  (*ticket)->mark_taken ();
  GstNumproBatch *batch = gst_numpro_batch_ref ((*ticket)->batch ());
  inbox ().done ();
  return batch;
}

SignalOutlet::SignalOutlet (std::size_t capacity, Reporter &reporter)
    : ThreadedOutlet (capacity), reporter_ (reporter)
{
  start ();
}

SignalOutlet::~SignalOutlet ()
{
  stop ();
}

void SignalOutlet::take (Ticket &ticket)
{
  reporter_.emit_batch (ticket.batch ());
  ticket.mark_taken ();
}

}  // namespace numpro
