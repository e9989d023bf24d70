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

void DiskOutlet::take (Ticket &ticket)
{
  if (const std::string problem =
          store_.write (ticket.batch (), ticket.dossier ()->prompts (), cancellable ());
      !problem.empty ()) {
    reporter_.lost (
        ticket.lose (g_cancellable_is_cancelled (cancellable ()) ? "stop" : "disk", problem));
    return;
  }
  ticket.mark_taken ();
  const std::string bundle = store_.path_of (ticket.dossier ()->number ());
  ticket.dossier ()->set_bundle (bundle);
  reporter_.batch_ready (ticket.batch (), bundle);
  if (max_bundles_ > 0)
    gst_numpro_bundle_dir_remove_oldest (store_.dir (), max_bundles_);
}

}  // namespace numpro
