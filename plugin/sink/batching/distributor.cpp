/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "distributor.h"

#include <algorithm>
#include <chrono>

namespace numpro {

Distributor::Distributor (std::vector<std::unique_ptr<Outlet>> outlets, std::shared_ptr<Fate> fate,
                          Reporter &reporter)
    : outlets_ (std::move (outlets)), fate_ (std::move (fate)), reporter_ (reporter)
{
}

Distributor::Tickets Distributor::make_tickets (const DossierPtr &dossier,
                                                const Stakes &stakes) const
{
  Tickets tickets;
  for (const std::unique_ptr<Outlet> &outlet : outlets_) {
    if (outlet->wants (*dossier))
      tickets.emplace_back (outlet.get (),
                            std::make_unique<Ticket> (fate_, dossier, stakes, outlet->duty ()));
  }
  return tickets;
}

void Distributor::hand_out (Tickets tickets, Leak leak)
{
  if (tickets.empty ())
    return;
  const DossierPtr dossier = tickets.front ().second->dossier ();
  const bool is_stored = std::any_of (tickets.begin (), tickets.end (), [] (const auto &one) {
    return one.first->duty () == Duty::kStore;
  });
  if (!is_stored)
    dossier->set_bundle ({});
  for (auto &[outlet, ticket] : tickets)
    hand_to (*outlet, std::move (ticket), leak);
  if (!is_stored)
    reporter_.batch_ready (dossier->batch (), {});
}

void Distributor::hand_to (Outlet &outlet, TicketPtr ticket, Leak leak)
{
  const std::optional<TicketPtr> displaced = outlet.inbox ().push (std::move (ticket), leak);
  if (!displaced)
    return;
  if (outlet.inbox ().is_refusing ())
    lose (**displaced, "flush", kFlushed);
  else
    lose (**displaced, "overrun", "batches are not taken fast enough");
}

void Distributor::lose (Ticket &ticket, const char *reason, const char *sentence)
{
  reporter_.lost (ticket.lose (reason, sentence));
  for (Inquiry &inquiry : ticket.inquiries ()) {
    inquiry.mark_dropped ();
    reporter_.question_lost ({reason, sentence, ticket.dossier ()->ledger (), inquiry.prompt ()});
  }
}

void Distributor::ask (const DossierPtr &dossier)
{
  Tickets tickets = make_tickets (dossier, {});
  std::erase_if (tickets, [] (const auto &one) { return one.first->duty () == Duty::kHand; });
  hand_out (std::move (tickets), Leak::kUpstream);
}

bool Distributor::drain (const std::function<bool ()> &over)
{
  bool drained = true;
  for (const std::unique_ptr<Outlet> &outlet : outlets_) {
    if (!outlet->drains_at_eos ()) {
      outlet->inbox ().close ();
      continue;
    }
    while (!outlet->wait_until_idle (kPollInterval)) {
      if (over ()) {
        drained = false;
        break;
      }
    }
  }
  return drained;
}

void Distributor::set_flushing (bool flushing)
{
  for (const std::unique_ptr<Outlet> &outlet : outlets_) {
    for (const TicketPtr &ticket : outlet->inbox ().set_flushing (flushing))
      lose (*ticket, "flush", kFlushed);
    outlet->set_flushing (flushing);
  }
}

void Distributor::stop ()
{
  for (const std::unique_ptr<Outlet> &outlet : outlets_)
    outlet->stop ();
}

}  // namespace numpro
