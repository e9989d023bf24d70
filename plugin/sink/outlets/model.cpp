/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model.h"

#include <chrono>
#include <future>

namespace numpro {

namespace {

const char *reason_of (AskFailure failure)
{
  switch (failure) {
    case AskFailure::kNetwork:
      return "network";
    case AskFailure::kTimeout:
      return "timeout";
    case AskFailure::kTls:
      return "tls";
    case AskFailure::kHttp:
      return "http";
    case AskFailure::kUnauthorized:
      return "unauthorized";
    case AskFailure::kReply:
      return "reply";
    case AskFailure::kCancelled:
      break;
  }
  return "flush";
}

}  // namespace

ModelOutlet::ModelOutlet (std::size_t capacity, const ModelOptions &options,
                          std::shared_ptr<Fate> fate, std::optional<BundleStore> store,
                          bool resumes, Reporter &reporter)
    : Outlet (capacity),
      store_ (std::move (store)),
      reporter_ (reporter),
      client_ (options,
               [fate] (std::size_t bytes, bool is_retry) { fate->request (bytes, is_retry); })
{
  if (store_ && resumes)
    spool_ = std::make_unique<Spool> (*store_, fate, reporter);
  for (guint i = 0; i < options.max_in_flight; ++i)
    workers_.emplace_back ([this] { work (); });
}

ModelOutlet::~ModelOutlet ()
{
  stop ();
}

void ModelOutlet::stop ()
{
  inbox ().shut ();
  cancelled_ = true;
  client_.cancel_all ();
  for (std::thread &worker : workers_) {
    if (worker.joinable ())
      worker.join ();
  }
}

void ModelOutlet::set_flushing (bool flushing)
{
  cancelled_ = flushing;
  if (flushing) {
    client_.cancel_all ();
    inbox ().wait_until_done ();
  }
}

bool ModelOutlet::wait_until_idle (std::chrono::nanoseconds timeout)
{
  return (!spool_ || spool_->wait_until_idle (timeout)) && Outlet::wait_until_idle (timeout);
}

void ModelOutlet::work ()
{
  while (!inbox ().is_shut ()) {
    // What is seen now comes first.
    const bool is_spooled = spool_ && !spool_->is_empty ();
    if (std::optional<TicketPtr> ticket =
            inbox ().pop (is_spooled ? std::optional (kPollInterval) : std::nullopt)) {
      take (**ticket);
      // Its fate is settled before anybody is told that all is done.
      ticket.reset ();
      inbox ().done ();
    } else if (is_spooled && !cancelled_) {
      take_from_spool ();
    }
  }
}

void ModelOutlet::take_from_spool ()
{
  if (TicketPtr ticket = spool_->take ()) {
    take (*ticket);
    ticket.reset ();
    spool_->done ();
  }
}

void ModelOutlet::take (Ticket &ticket)
{
  bool is_answered = false;
  for (Inquiry &inquiry : ticket.inquiries ())
    is_answered = ask (inquiry, *ticket.dossier ()) || is_answered;
  if (is_answered) {
    ticket.mark_taken ();
    return;
  }
  // Where another outlet brings the samples their questions alone are lost, and have been told.
  const Loss loss = ticket.lose (cancelled_ ? "flush" : "model",
                                 cancelled_ ? kFlushed : "no question was answered");
  if (!loss.numbers.empty ())
    reporter_.lost (loss);
}

bool ModelOutlet::ask (Inquiry &inquiry, Dossier &dossier)
{
  if (cancelled_) {
    lose (inquiry, dossier,
          {.answer = {}, .request = {}, .failure = AskFailure::kCancelled, .problem = {}});
    return false;
  }
  const AskResult result = ask_and_wait (inquiry.prompt (), dossier.batch ());
  if (!result.answer) {
    lose (inquiry, dossier, result);
    return false;
  }
  const std::string bundle = write (inquiry, dossier, result);
  inquiry.mark_answered ();
  reporter_.answered (result.answer.get (), bundle);
  return true;
}

AskResult ModelOutlet::ask_and_wait (GstNumproPrompt *prompt, GstNumproBatch *batch)
{
  const auto promise = std::make_shared<std::promise<AskResult>> ();
  const ModelClient::Id id = client_.ask (
      prompt, batch, [promise] (AskResult result) { promise->set_value (std::move (result)); });
  // A flush that began in between did not know of it.
  if (cancelled_)
    client_.cancel (id);
  return promise->get_future ().get ();
}

void ModelOutlet::lose (Inquiry &inquiry, const Dossier &dossier, const AskResult &result)
{
  const bool is_cancelled = result.failure == AskFailure::kCancelled;
  if (is_cancelled)
    inquiry.mark_dropped ();
  else
    inquiry.mark_failed ();
  reporter_.question_lost ({reason_of (*result.failure), is_cancelled ? kFlushed : result.problem,
                            dossier.ledger (), inquiry.prompt ()});
}

std::string ModelOutlet::write (const Inquiry &inquiry, Dossier &dossier, const AskResult &result)
{
  if (!store_)
    return {};
  std::optional<std::string> bundle;
  while (!(bundle = dossier.wait_for_bundle (kPollInterval)) && !cancelled_)
    ;
  const TextPtr answer (gst_numpro_answer_to_json (result.answer.get ()));
  const std::string problem =
      store_->write_answer (bundle.value_or (""), inquiry.index (), result.request, answer.get ());
  if (!problem.empty ())
    reporter_.question_lost (
        {"disk", "its answer was not written: " + problem, dossier.ledger (), inquiry.prompt ()});
  return bundle.value_or ("");
}

}  // namespace numpro
