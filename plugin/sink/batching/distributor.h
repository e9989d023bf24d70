/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "fate.h"
#include "plugin/sink/outlets/outlet.h"
#include "plugin/sink/events/reporter.h"
#include "ticket.h"

namespace numpro {

/** Hands batches to all outlets, and tells what gives way there. */
class Distributor
{
 public:
  using Tickets = std::vector<std::pair<Outlet *, TicketPtr>>;

  /** @param reporter outlives the distributor */
  Distributor (std::vector<std::unique_ptr<Outlet>> outlets, std::shared_ptr<Fate> fate,
               Reporter &reporter);

  /** What gives way from now on. */
  void set_leak (Leak leak) { leak_ = leak; }

  /**
   * Tickets for all outlets that want the batch. All are there before the first may be lost: else a
   * sample could be given up that another outlet is still to bring.
   */
  Tickets make_tickets (const DossierPtr &dossier, const Stakes &stakes) const;

  /** Hands them to their outlets; waits where nothing may give way. */
  void hand_out (Tickets tickets) { hand_out (std::move (tickets), leak_); }

  /** Hands a batch to the outlets that ask and store, in no case waiting. */
  void ask (const DossierPtr &dossier);

  /**
   * Waits until the outlets have taken all there is. No more comes for who pulls.
   *
   * @param over asked now and then; ends the wait
   * @return whether they have
   */
  bool drain (const std::function<bool ()> &over);

  /** While flushing, batches that wait are lost, and so are those that are handed out. */
  void set_flushing (bool flushing);

  /** Lets go of everything, for good. */
  void stop ();

 private:
  void hand_out (Tickets tickets, Leak leak);
  void hand_to (Outlet &outlet, TicketPtr ticket, Leak leak);
  void lose (Ticket &ticket, const char *reason, const char *sentence);

  std::vector<std::unique_ptr<Outlet>> outlets_;
  std::shared_ptr<Fate> fate_;
  Reporter &reporter_;
  std::atomic<Leak> leak_ = Leak::kNone;
};

}  // namespace numpro
