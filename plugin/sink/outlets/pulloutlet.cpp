/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pulloutlet.h"

namespace numpro {

// Who pulls takes what there is when he likes, and is then told that this was all.
bool PullOutlet::drain (std::chrono::nanoseconds)
{
  queue_.close ();
  return true;
}

BatchPtr PullOutlet::pull (std::optional<std::chrono::nanoseconds> timeout)
{
  wanted_ = true;
  const std::optional<OutgoingBatchPtr> next = queue_.pop (timeout);
  if (!next)
    return nullptr;
  (*next)->mark_delivered ();
  BatchPtr batch (gst_numpro_batch_ref ((*next)->batch ()));
  queue_.done ();
  return batch;
}

}  // namespace numpro
