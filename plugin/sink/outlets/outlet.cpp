/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outlet.h"

namespace numpro {

Outlet::Outlet (std::size_t capacity, EventsPtr events)
    : queue_ (capacity), events_ (std::move (events))
{
}

void Outlet::offer (OutgoingBatchPtr batch, LeakyType leaky)
{
  std::optional<OutgoingBatchPtr> displaced = queue_.push (std::move (batch), leaky);
  if (!displaced)
    return;
  const guint64 number = (*displaced)->number ();
  // Where nothing may give way only a flush refuses a batch, which may be over by now; or nobody
  // waits any more.
  if ((leaky == LeakyType::kNone && !queue_.is_interrupted ()) || queue_.is_refusing ())
    lose (std::move (*displaced), {GST_NUMPRO_LOSS_REASON_FLUSH, kFlushed, number});
  else
    lose (std::move (*displaced),
          {GST_NUMPRO_LOSS_REASON_OVERRUN, "batches are not taken fast enough", number});
}

void Outlet::start_flush ()
{
  for (OutgoingBatchPtr &batch : queue_.start_flush ()) {
    const guint64 number = batch->number ();
    lose (std::move (batch), {GST_NUMPRO_LOSS_REASON_FLUSH, kFlushed, number});
  }
}

void Outlet::stop ()
{
  Outlet::start_flush ();
  queue_.shut ();
  queue_.wait_until_done ();
}

void Outlet::lose (OutgoingBatchPtr batch, Lost lost)
{
  const auto report = std::make_shared<LossReport> (events_, std::move (lost));
  batch->blame (report);
  batch.reset ();
  report->tell ();
}

}  // namespace numpro
