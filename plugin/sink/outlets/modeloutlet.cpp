/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modeloutlet.h"

#include "lib/base/threadname.h"

namespace numpro {

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

namespace {

Lost question_lost (LossReason reason, std::string sentence, GstNumproLedger *ledger,
                    const PendingQuestion &question)
{
  Lost lost = {reason, std::move (sentence), gst_numpro_ledger_get_batch (ledger),
               gst_numpro_prompt_get_question (question.prompt ())};
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    lost.numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return lost;
}

}  // namespace

ModelOutlet::ModelOutlet (std::size_t capacity, const ModelOptions &options,
                          std::shared_ptr<Accounting> accounting, GstNumproBundleDir *dir,
                          bool resumes, EventsPtr events, bool is_held)
    : Outlet (capacity, std::move (events)),
      accounting_ (accounting),
      dir_ (dir ? gst_numpro_bundle_dir_ref (dir) : nullptr),
      max_in_flight_ (options.max_in_flight),
      is_held_ (is_held),
      outcomes_ (G_MAXSIZE),
      client_ (options, [accounting] (const SentRequest &sent) {
        accounting->count ([&sent] (Counts &counts) {
          counts.bytes_sent += sent.bytes;
          counts.retries += sent.is_retry;
          counts.restatements += sent.asks_back;
        });
      })
{
  if (dir_ && resumes)
    unanswered_.emplace (dir_.get (), accounting, events_);
  is_resuming_ = unanswered_.has_value ();
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
  start_flush ();
  asker_.request_stop ();
  asker_.join ();
  wait_until_settled ();
  Outlet::stop ();
  outcomes_.close ();
  settler_.join ();
}

bool ModelOutlet::drain (std::chrono::nanoseconds timeout)
{
  std::unique_lock lock (mutex_);
  if (!changed_.wait_for (lock, timeout, [&] { return !is_resuming_ && in_flight_ == 0; }))
    return false;
  lock.unlock ();
  return Outlet::drain (timeout);
}

void ModelOutlet::start_flush ()
{
  std::unique_lock lock (mutex_);
  is_flushing_ = true;
  client_.cancel_all ();
  lock.unlock ();
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
  std::unique_lock lock (mutex_);
  is_flushing_ = false;
  lock.unlock ();
  Outlet::stop_flush ();
}

void ModelOutlet::release ()
{
  std::unique_lock lock (mutex_);
  is_held_ = false;
  lock.unlock ();
  changed_.notify_all ();
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
    const auto asked = std::make_shared<AskedBatch> (next (stop));
    if (!asked->batch)
      continue;
    const std::size_t count = asked->unsettled = asked->batch->questions ().size ();
    // Once the last one is asked the batch is the settler's.
    for (std::size_t i = 0; i < count; ++i) {
      wait_for_turn (stop);
      ask (asked, i);
    }
  }
}

// Waits until one more question may be asked and under way. While flushing there is no need to
// wait.
bool ModelOutlet::wait_for_turn (std::stop_token stop)
{
  std::unique_lock lock (mutex_);
  return changed_.wait (lock, stop,
                        [&] { return is_flushing_ || (!is_held_ && in_flight_ < max_in_flight_); });
}

// What is seen now comes before what was left unanswered.
ModelOutlet::AskedBatch ModelOutlet::next (std::stop_token stop)
{
  const auto timeout = unanswered_ ? std::optional (kPollInterval) : std::nullopt;
  if (std::optional<OutgoingBatchPtr> batch = queue_.pop (timeout, stop))
    return {std::move (*batch), false};
  // What is on the disk stays there while flushing.
  if (!unanswered_ || is_giving_up ())
    return {};
  OutgoingBatchPtr batch = unanswered_->take ();
  if (!batch) {
    unanswered_.reset ();
    std::unique_lock lock (mutex_);
    is_resuming_ = false;
    lock.unlock ();
    changed_.notify_all ();
  }
  return {std::move (batch), true};
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
  accounting_->count ([parts = outcome.result.parts] (Counts &counts) { counts.parts += parts; });
  for (const Adaptation &news : outcome.result.news)
    events_->tell (Adapted{news.sentence ()});
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
  std::unique_lock lock (mutex_);
  --in_flight_;
  lock.unlock ();
  changed_.notify_all ();
}

void ModelOutlet::settle_batch (std::shared_ptr<AskedBatch> asked)
{
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
  if (!asked->is_resumed)
    queue_.done ();
}

std::string ModelOutlet::write (OutgoingBatch &batch, const PendingQuestion &question,
                                const AskResult &result)
{
  if (!dir_)
    return {};
  std::optional<std::string> location;
  while (!(location = batch.wait_for_location (kPollInterval)) && !is_giving_up ()) {
  }
  const std::string path = location.value_or ("");
  const BundlePtr bundle (path.empty () ? nullptr : gst_numpro_bundle_new (path.c_str ()));
  GError *error = nullptr;
  gst_numpro_bundle_dir_write_answer (dir_.get (), bundle.get (), question.index (),
                                      result.request.c_str (), result.answer.get (), &error);
  if (const ErrorPtr owned (error); owned)
    events_->tell (question_lost (GST_NUMPRO_LOSS_REASON_DISK,
                                  std::string ("its answer was not written: ") + error->message,
                                  batch.ledger (), question));
  return path;
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
  events_->tell (question_lost (reason, sentence, ledger, question));
}

}  // namespace numpro
