/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model.h"

#include <chrono>

namespace numpro {

ModelOutlet::ModelOutlet (std::size_t capacity, const AskRule &rule, guint max_in_flight,
                          std::shared_ptr<Fate> fate, std::optional<BundleStore> store,
                          bool resumes, Reporter &reporter)
    : Outlet (capacity), store_ (std::move (store)), reporter_ (reporter)
{
  if (store_ && resumes)
    spool_ = std::make_unique<Spool> (*store_, fate, reporter);
  for (guint i = 0; i < max_in_flight; ++i) {
    Worker &worker = workers_.emplace_back (rule, fate);
    worker.thread = std::thread ([this, &worker] { work (worker.asker); });
  }
}

ModelOutlet::~ModelOutlet ()
{
  stop ();
}

void ModelOutlet::stop ()
{
  inbox ().shut ();
  for (Worker &worker : workers_)
    worker.asker.set_cancelled (true);
  for (Worker &worker : workers_) {
    if (worker.thread.joinable ())
      worker.thread.join ();
  }
}

void ModelOutlet::set_flushing (bool flushing)
{
  for (Worker &worker : workers_)
    worker.asker.set_cancelled (flushing);
  if (flushing)
    inbox ().wait_until_done ();
}

bool ModelOutlet::wait_until_idle (std::chrono::nanoseconds timeout)
{
  return (!spool_ || spool_->wait_until_idle (timeout)) && Outlet::wait_until_idle (timeout);
}

void ModelOutlet::work (Asker &asker)
{
  while (!inbox ().is_shut ()) {
    // What is seen now comes first.
    const bool is_spooled = spool_ && !spool_->is_empty ();
    if (std::optional<TicketPtr> ticket =
            inbox ().pop (is_spooled ? std::optional (kPollInterval) : std::nullopt)) {
      take (**ticket, asker);
      // Its fate is settled before anybody is told that all is done.
      ticket.reset ();
      inbox ().done ();
    } else if (is_spooled && !asker.is_cancelled ()) {
      take_from_spool (asker);
    }
  }
}

void ModelOutlet::take_from_spool (Asker &asker)
{
  if (TicketPtr ticket = spool_->take ()) {
    take (*ticket, asker);
    ticket.reset ();
    spool_->done ();
  }
}

void ModelOutlet::take (Ticket &ticket, Asker &asker)
{
  bool is_answered = false;
  for (Inquiry &inquiry : ticket.inquiries ())
    is_answered = ask (inquiry, *ticket.dossier (), asker) || is_answered;
  if (is_answered) {
    ticket.mark_taken ();
    return;
  }
  // Where another outlet brings the samples their questions alone are lost, and have been told.
  const Loss loss = ticket.lose (asker.is_cancelled () ? "flush" : "model",
                                 asker.is_cancelled () ? kFlushed : "no question was answered");
  if (!loss.numbers.empty ())
    reporter_.lost (loss);
}

bool ModelOutlet::ask (Inquiry &inquiry, Dossier &dossier, Asker &asker)
{
  if (asker.is_cancelled ()) {
    lose (inquiry, dossier, {.answer = {}, .request = {}, .reason = "flush", .problem = {}});
    return false;
  }
  const Asker::Result result = asker.ask (inquiry.prompt (), dossier.batch ());
  if (!result.answer) {
    lose (inquiry, dossier, result);
    return false;
  }
  const std::string bundle = write (inquiry, dossier, result, asker);
  inquiry.mark_answered ();
  reporter_.answered (result.answer.get (), bundle);
  return true;
}

void ModelOutlet::lose (Inquiry &inquiry, const Dossier &dossier, const Asker::Result &result)
{
  const bool is_cancelled = result.reason == "flush";
  if (is_cancelled)
    inquiry.mark_dropped ();
  else
    inquiry.mark_failed ();
  reporter_.question_lost ({result.reason, is_cancelled ? kFlushed : result.problem,
                            dossier.ledger (), inquiry.prompt ()});
}

std::string ModelOutlet::write (const Inquiry &inquiry, Dossier &dossier,
                                const Asker::Result &result, const Asker &asker)
{
  if (!store_)
    return {};
  std::optional<std::string> bundle;
  while (!(bundle = dossier.wait_for_bundle (kPollInterval)) && !asker.is_cancelled ())
    ;
  const std::string problem = store_->write_answer (bundle.value_or (""), inquiry.index () - 1,
                                                    result.request, result.answer.get ());
  if (!problem.empty ())
    reporter_.question_lost (
        {"disk", "its answer was not written: " + problem, dossier.ledger (), inquiry.prompt ()});
  return bundle.value_or ("");
}

}  // namespace numpro
