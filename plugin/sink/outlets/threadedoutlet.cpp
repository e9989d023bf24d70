/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "threadedoutlet.h"

#include "lib/base/threadname.h"

namespace numpro {

void ThreadedOutlet::start (const char *name)
{
  thread_ = std::thread ([this, name] {
    name_thread (name);
    while (std::optional<OutgoingBatchPtr> batch = queue_.pop ()) {
      take (std::move (*batch));
      queue_.done ();
    }
  });
}

void ThreadedOutlet::stop ()
{
  g_cancellable_cancel (cancellable ());
  queue_.shut ();
  if (thread_.joinable ())
    thread_.join ();
}

}  // namespace numpro
