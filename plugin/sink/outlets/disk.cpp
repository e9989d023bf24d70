/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "disk.h"

namespace numpro {

DiskOutlet::DiskOutlet (std::size_t capacity, BundleStore store, guint max_bundles,
                        Reporter &reporter)
    : ThreadedOutlet (capacity),
      store_ (std::move (store)),
      max_bundles_ (max_bundles),
      reporter_ (reporter)
{
  start ();
}

DiskOutlet::~DiskOutlet ()
{
  stop ();
}

void DiskOutlet::take (const TicketPtr &ticket)
{
  if (const std::string problem = store_.write (ticket->batch ()); !problem.empty ()) {
    reporter_.lost (Loss::of_batch (ticket->batch (), "disk", problem));
    return;
  }
  ticket->mark_taken ();
  const guint64 number = gst_numpro_ledger_get_batch (ticket->ledger ());
  reporter_.batch_ready (ticket->batch (), store_.path_of (number).string ());
  if (max_bundles_ > 0)
    store_.keep (max_bundles_);
}

}  // namespace numpro
