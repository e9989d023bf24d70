/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modeloutlet.h"

#include "lib/base/threadname.h"

namespace numpro {

namespace {

LossReason reason_of (AskFailure failure)
{
  switch (failure) {
    case AskFailure::kNetwork:
      return GST_NUMPRO_LOSS_REASON_NETWORK;
    case AskFailure::kTimeout:
      return GST_NUMPRO_LOSS_REASON_TIMEOUT;
    case AskFailure::kTls:
      return GST_NUMPRO_LOSS_REASON_TLS;
    case AskFailure::kHttp:
      return GST_NUMPRO_LOSS_REASON_HTTP;
    case AskFailure::kUnauthorized:
      return GST_NUMPRO_LOSS_REASON_UNAUTHORIZED;
    case AskFailure::kReply:
      return GST_NUMPRO_LOSS_REASON_REPLY;
    case AskFailure::kCancelled:
      break;
  }
  return GST_NUMPRO_LOSS_REASON_FLUSH;
}

}  // namespace

ModelOutlet::ModelOutlet (std::size_t capacity, const ModelOptions &options,
                          std::shared_ptr<Accounting> accounting, std::optional<BundleStore> store,
                          bool resumes, EventsPtr events)
    : Outlet (capacity, std::move (events)),
      store_ (std::move (store)),
      max_in_flight_ (options.max_in_flight),
      outcomes_ (G_MAXSIZE),
      client_ (options, [accounting] (std::size_t bytes, bool is_retry) {
        accounting->count ([=] (Counts &counts) {
          counts.bytes_sent += bytes;
          counts.retries += is_retry;
        });
      })
{
  if (store_ && resumes)
    unanswered_ = std::make_unique<UnansweredBundles> (*store_, accounting, events_);
  settler_ = std::thread ([this] { settle_all (); });
  asker_ = std::jthread ([this] (std::stop_token stop) { hand_over (stop); });
}

ModelOutlet::~ModelOutlet ()
{
  stop ();
}

void ModelOutlet::stop ()
{
  if (!settler_.joinable ())
    return;
  queue_.shut ();
  start_flush ();
  asker_.request_stop ();
  asker_.join ();
  wait_until_settled ();
  outcomes_.close ();
  settler_.join ();
}

bool ModelOutlet::drain (std::chrono::nanoseconds timeout)
{
  return (!unanswered_ || unanswered_->wait_until_idle (timeout)) && Outlet::drain (timeout);
}

void ModelOutlet::start_flush ()
{
  {
    std::lock_guard lock (mutex_);
    is_flushing_ = true;
    client_.cancel_all ();
  }
  changed_.notify_all ();
  Outlet::start_flush ();
  queue_.wait_until_done ();
  wait_until_settled ();
}

// Waits until the client has nothing any more, of the disk's questions either.
void ModelOutlet::wait_until_settled ()
{
  std::unique_lock lock (mutex_);
  changed_.wait (lock, [&] { return in_flight_ == 0; });
}

void ModelOutlet::stop_flush ()
{
  {
    std::lock_guard lock (mutex_);
    is_flushing_ = false;
  }
  changed_.notify_all ();
  Outlet::stop_flush ();
}

bool ModelOutlet::is_giving_up () const
{
  std::lock_guard lock (mutex_);
  return is_flushing_;
}

// On the thread that asks

void ModelOutlet::hand_over (std::stop_token stop)
{
  name_thread ("numpro-ask");
  while (!stop.stop_requested () && wait_for_turn (stop)) {
    const std::shared_ptr<AskedBatch> asked = next (stop);
    if (!asked)
      continue;
    const std::size_t count = asked->batch->questions ().size ();
    asked->unsettled = count;
    // Once the last one is asked the batch is the settler's.
    for (std::size_t i = 0; i < count; ++i) {
      wait_for_turn (stop);
      ask (asked, i);
    }
  }
}

// Waits until one more question may be under way. While flushing there is no need to wait.
bool ModelOutlet::wait_for_turn (std::stop_token stop)
{
  std::unique_lock lock (mutex_);
  return changed_.wait (lock, stop, [&] { return is_flushing_ || in_flight_ < max_in_flight_; });
}

// What is seen now comes before what was left unanswered.
std::shared_ptr<ModelOutlet::AskedBatch> ModelOutlet::next (std::stop_token stop)
{
  const bool is_spooled = unanswered_ && !unanswered_->is_empty ();
  if (std::optional<OutgoingBatchPtr> batch =
          queue_.pop (is_spooled ? std::optional (kPollInterval) : std::nullopt, stop))
    return std::make_shared<AskedBatch> (AskedBatch{std::move (*batch), false});
  // What is on the disk stays there while flushing.
  if (!is_spooled || is_giving_up ())
    return nullptr;
  OutgoingBatchPtr batch = unanswered_->take ();
  return batch ? std::make_shared<AskedBatch> (AskedBatch{std::move (batch), true}) : nullptr;
}

void ModelOutlet::ask (const std::shared_ptr<AskedBatch> &asked, std::size_t question)
{
  std::unique_lock lock (mutex_);
  ++in_flight_;
  if (!is_flushing_) {
    client_.ask (asked->batch->questions ()[question].prompt (), asked->batch->batch (),
                 [this, asked, question] (AskResult result) {
                   finish ({asked, question, std::move (result)});
                 });
    return;
  }
  lock.unlock ();
  AskResult cancelled;
  cancelled.failure = AskFailure::kCancelled;
  finish ({asked, question, std::move (cancelled)});
}

void ModelOutlet::finish (Outcome outcome)
{
  outcomes_.push (std::move (outcome), LeakyType::kNone);
}

// On the thread that settles

void ModelOutlet::settle_all ()
{
  name_thread ("numpro-answers");
  while (std::optional<Outcome> outcome = outcomes_.pop ()) {
    settle (std::move (*outcome));
    outcomes_.done ();
  }
}

void ModelOutlet::settle (Outcome outcome)
{
  OutgoingBatch &batch = *outcome.asked->batch;
  PendingQuestion &question = batch.questions ()[outcome.question];
  if (outcome.result.answer) {
    const std::string location = write (batch, question, outcome.result);
    question.mark_answered ();
    outcome.asked->is_answered = true;
    events_->tell (Answered{outcome.result.answer.get (), location});
  } else {
    const AskFailure failure = *outcome.result.failure;
    lose_question (batch.ledger (), question, reason_of (failure),
                   failure == AskFailure::kCancelled ? kFlushed : outcome.result.problem);
  }
  if (--outcome.asked->unsettled == 0)
    settle_batch (std::move (outcome.asked));
  {
    std::lock_guard lock (mutex_);
    --in_flight_;
  }
  changed_.notify_all ();
}

void ModelOutlet::settle_batch (std::shared_ptr<AskedBatch> asked)
{
  const bool is_resumed = asked->is_resumed;
  if (asked->is_answered) {
    asked->batch->mark_delivered ();
  } else {
    // The questions' losses have been told; samples are lost only where no other outlet has them.
    const bool is_flush = is_giving_up ();
    asked->batch->blame (std::make_shared<LossReport> (
        events_, Lost{is_flush ? GST_NUMPRO_LOSS_REASON_FLUSH : GST_NUMPRO_LOSS_REASON_MODEL,
                      is_flush ? kFlushed : "no question was answered", asked->batch->number ()}));
  }
  asked->batch.reset ();
  if (is_resumed)
    unanswered_->done ();
  else
    queue_.done ();
}

std::string ModelOutlet::write (OutgoingBatch &batch, const PendingQuestion &question,
                                const AskResult &result)
{
  if (!store_)
    return {};
  std::optional<std::string> location;
  while (!(location = batch.wait_for_location (kPollInterval)) && !is_giving_up ()) {
  }
  const std::string problem = store_->write_answer (location.value_or (""), question.index () - 1,
                                                    result.request, result.answer.get ());
  if (!problem.empty ())
    events_->tell (question_lost (GST_NUMPRO_LOSS_REASON_DISK,
                                  "its answer was not written: " + problem, batch.ledger (),
                                  question.prompt ()));
  return location.value_or ("");
}

// From any thread

void ModelOutlet::lose (OutgoingBatchPtr batch, LossReason reason, const std::string &sentence)
{
  const LedgerPtr ledger (gst_numpro_ledger_ref (batch->ledger ()));
  std::vector<PendingQuestion> questions = std::move (batch->questions ());
  Outlet::lose (std::move (batch), reason, sentence);
  for (PendingQuestion &question : questions)
    lose_question (ledger.get (), question, reason, sentence);
}

void ModelOutlet::lose_question (GstNumproLedger *ledger, PendingQuestion &question,
                                 LossReason reason, const std::string &sentence)
{
  if (reason == GST_NUMPRO_LOSS_REASON_FLUSH || reason == GST_NUMPRO_LOSS_REASON_OVERRUN)
    question.mark_dropped ();
  else
    question.mark_failed ();
  events_->tell (question_lost (reason, sentence, ledger, question.prompt ()));
}

}  // namespace numpro
