/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outlet.h"

namespace numpro {

ThreadedOutlet::~ThreadedOutlet () = default;

void ThreadedOutlet::start ()
{
  thread_ = std::thread ([this] {
    while (std::optional<TicketPtr> ticket = inbox ().pop ()) {
      take (**ticket);
      inbox ().done ();
    }
  });
}

void ThreadedOutlet::stop ()
{
  g_cancellable_cancel (cancellable_.get ());
  inbox ().shut ();
  if (thread_.joinable ())
    thread_.join ();
}

}  // namespace numpro
