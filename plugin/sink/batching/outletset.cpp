/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outletset.h"

#include <algorithm>

namespace numpro {

OutletSet::OutletSet (std::vector<std::unique_ptr<Outlet>> outlets, EventsPtr events)
    : outlets_ (std::move (outlets)), events_ (std::move (events))
{
}

void OutletSet::hand_out (OutgoingBatchPtr batch, LeakyType leaky)
{
  std::vector<Outlet *> takers;
  for (const std::unique_ptr<Outlet> &outlet : outlets_) {
    if (outlet->wants (*batch))
      takers.push_back (outlet.get ());
  }
  if (takers.empty ())
    return;
  const bool is_stored = std::any_of (takers.begin (), takers.end (),
                                      [] (const Outlet *outlet) { return outlet->stores (); });
  if (!is_stored)
    batch->set_location ({});
  const BatchPtr told (gst_numpro_batch_ref (batch->batch ()));
  Outlet *last = takers.back ();
  takers.pop_back ();
  for (Outlet *outlet : takers)
    outlet->offer (batch, leaky);
  last->offer (std::move (batch), leaky);
  // Else it is told once it is on the disk.
  if (!is_stored)
    events_->tell (BatchReady{told.get (), {}});
}

void OutletSet::begin_drain ()
{
  for (const std::unique_ptr<Outlet> &outlet : outlets_)
    outlet->begin_drain ();
}

bool OutletSet::drain (const std::function<bool ()> &over)
{
  bool drained = true;
  for (const std::unique_ptr<Outlet> &outlet : outlets_) {
    while (!outlet->drain (kPollInterval)) {
      if (over ()) {
        drained = false;
        break;
      }
    }
  }
  return drained;
}

void OutletSet::start_flush ()
{
  for (const std::unique_ptr<Outlet> &outlet : outlets_)
    outlet->start_flush ();
}

void OutletSet::stop_flush ()
{
  for (const std::unique_ptr<Outlet> &outlet : outlets_)
    outlet->stop_flush ();
}

void OutletSet::stop ()
{
  for (const std::unique_ptr<Outlet> &outlet : outlets_)
    outlet->stop ();
}

}  // namespace numpro
