/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modeloutlet.h"

#include <algorithm>

#include "lib/base/threadname.h"
#include "lib/model/retrypolicy.h"
#include "plugin/sink/debug.h"

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

// How often the asking thread looks for what was postponed.
constexpr std::chrono::milliseconds kIdleInterval (200);

// So often a question may fail although the server was there until then. Then it is taken to be
// what the server cannot take, or it would be asked for ever.
constexpr guint kMaxFailures = 3;

std::vector<guint64> numbers_in (GstNumproLedger *ledger)
{
  std::vector<guint64> numbers;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return numbers;
}

Lost lost_about (GstNumproLedger *ledger, LossReason reason, std::string sentence)
{
  return {.reason = reason,
          .sentence = std::move (sentence),
          .batch = gst_numpro_ledger_get_batch (ledger),
          .numbers = numbers_in (ledger)};
}

}  // namespace

ModelOutlet::ModelOutlet (std::size_t capacity, const ModelOptions &options,
                          std::shared_ptr<Accounting> accounting, GstNumproBundleDir *dir,
                          bool resumes, EventsPtr events, bool is_held)
    : Outlet (capacity, std::move (events)),
      capacity_ (capacity),
      accounting_ (accounting),
      dir_ (dir ? gst_numpro_bundle_dir_ref (dir) : nullptr),
      max_in_flight_ (options.max_in_flight),
      pause_ (std::chrono::ceil<std::chrono::nanoseconds> (
          std::clamp (Seconds (options.retry.backoff_max), kShortestPause, kLongestAskedWait))),
      presence_ (events_, dir && resumes),
      is_held_ (is_held),
      outcomes_ (G_MAXSIZE),
      client_ (options, [this] (const SentRequest &sent) { note_request (sent); })
{
  if (dir_ && resumes)
    unanswered_.emplace (dir_.get (), accounting, events_);
  is_resuming_ = unanswered_ && !unanswered_->is_empty ();
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
  if (unanswered_)
    unanswered_->give_up ();
}

// Or what is not in a bundle yet would be lost if no room comes to be in time.
void ModelOutlet::begin_drain ()
{
  if (unanswered_)
    queue_.set_interrupted (true);
}

// What waits on the disk for a server that is away waits there for the next start, too.
bool ModelOutlet::drain (std::chrono::nanoseconds timeout)
{
  const auto is_left = [this] { return unanswered_ && presence_.is_away (); };
  if (is_left ())
    return true;
  if (!Outlet::drain (timeout))
    return false;
  std::unique_lock lock (mutex_);
  return changed_.wait_for (lock, timeout,
                            [&] { return is_left () || (!is_resuming_ && in_flight_ == 0); });
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
  queue_.set_interrupted (false);
  Outlet::stop_flush ();
}

void ModelOutlet::release ()
{
  std::unique_lock lock (mutex_);
  is_held_ = false;
  overruns_ = 0;
  lock.unlock ();
  changed_.notify_all ();
}

bool ModelOutlet::is_giving_up () const
{
  std::lock_guard lock (mutex_);
  return is_flushing_;
}

bool ModelOutlet::may_resume () const
{
  std::lock_guard lock (mutex_);
  return is_resuming_ && !is_flushing_ && std::chrono::steady_clock::now () >= next_resume_;
}

// On the client's thread

void ModelOutlet::note_request (const SentRequest &sent)
{
  accounting_->count ([&sent] (Counts &counts) {
    counts.bytes_sent += sent.bytes;
    counts.retries += sent.is_retry;
    counts.restatements += sent.asks_back;
  });
  if (sent.is_retry)
    overruns_ = 0;
  if (sent.absence)
    outcomes_.push (*sent.absence, LeakyType::kNone);
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
  const bool resumes = may_resume ();
  std::optional<std::chrono::nanoseconds> timeout;
  if (unanswered_)
    timeout = resumes ? std::chrono::milliseconds (0) : kIdleInterval;
  if (std::optional<OutgoingBatchPtr> batch = queue_.pop (timeout, stop))
    return {std::move (*batch), false};
  return resumes ? resume () : AskedBatch ();
}

ModelOutlet::AskedBatch ModelOutlet::resume ()
{
  UnansweredBundles::Taken taken = unanswered_->take ();
  for (; taken.lost > 0; --taken.lost)
    presence_.note_lost ();
  if (!taken.batch) {
    std::unique_lock lock (mutex_);
    is_resuming_ = !unanswered_->is_empty ();
    lock.unlock ();
    changed_.notify_all ();
  }
  return {std::move (taken.batch), true, taken.failures};
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
  while (auto outcome = outcomes_.pop ()) {
    std::visit ([this] (auto &&one) { settle (std::move (one)); }, std::move (*outcome));
    outcomes_.done ();
  }
}

// A question is still being asked, and long enough in vain.
void ModelOutlet::settle (const ServerAbsence &absence)
{
  presence_.go_away (reason_of (absence.failure), absence.problem, absence.sent);
}

void ModelOutlet::settle (Outcome outcome)
{
  OutgoingBatch &batch = *outcome.asked->batch;
  PendingQuestion &question = batch.questions ()[outcome.question];
  accounting_->count ([parts = outcome.result.parts] (Counts &counts) { counts.parts += parts; });
  for (const Adaptation &news : outcome.result.news)
    events_->tell (Adapted{news.sentence ()});
  if (outcome.result.answer) {
    // Not where it could only not be asked back any more.
    if (!outcome.result.is_server_away)
      note_presence ();
    note_pace ();
    const std::string location = write (batch, question, outcome.result);
    question.mark_answered ();
    outcome.asked->is_answered = true;
    events_->tell (Answered{outcome.result.answer.get (), location});
  } else {
    settle_unanswered (*outcome.asked, question, outcome.result);
  }
  if (--outcome.asked->unsettled == 0)
    settle_batch (std::move (outcome.asked));
  std::unique_lock lock (mutex_);
  --in_flight_;
  lock.unlock ();
  changed_.notify_all ();
}

void ModelOutlet::settle_unanswered (AskedBatch &asked, PendingQuestion &question,
                                     const AskResult &result)
{
  const AskFailure failure = *result.failure;
  const bool is_cancelled = failure == AskFailure::kCancelled;
  if (result.is_server_away)
    asked.failures += presence_.go_away (reason_of (failure), result.problem, result.sent);
  else if (!is_cancelled)
    note_presence ();
  GstNumproLedger *ledger = asked.batch->ledger ();
  if (may_wait (asked, result)) {
    std::vector<PendingQuestion> questions;
    questions.push_back (std::move (question));
    postpone (ledger, std::move (questions), asked.failures);
    return;
  }
  lose_question (ledger, question, reason_of (failure), is_cancelled ? kFlushed : result.problem);
}

// Whether a question without an answer is asked again in this run: because the server is away, or
// because a flush, which is about what is seen now, cancelled what was left unanswered before.
bool ModelOutlet::may_wait (AskedBatch &asked, const AskResult &result)
{
  if (!unanswered_ || wait_for_location (*asked.batch).empty ())
    return false;
  return result.is_server_away ? asked.failures < kMaxFailures
                               : asked.is_resumed && result.failure == AskFailure::kCancelled;
}

void ModelOutlet::note_presence ()
{
  if (!presence_.come_back (unanswered_ ? unanswered_->postponed () : 0))
    return;
  overruns_ = 0;
  std::lock_guard lock (mutex_);
  next_resume_ = {};
}

// What had no room while the server was away, busy or loading does not say that it is slow. As many
// batches as have room may also come while it catches up.
void ModelOutlet::note_pace ()
{
  if (has_told_pace_ || overruns_ <= capacity_)
    return;
  has_told_pace_ = true;
  events_->tell (Adapted{
      "Questions come faster than they are answered; those that max-batches has no room for wait "
      "on the disk"});
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

// Empty where it is not on the disk.
std::string ModelOutlet::wait_for_location (OutgoingBatch &batch)
{
  std::optional<std::string> location;
  while (!(location = batch.wait_for_location (kPollInterval)) && !is_giving_up ()) {
  }
  return location.value_or ("");
}

std::string ModelOutlet::write (OutgoingBatch &batch, const PendingQuestion &question,
                                const AskResult &result)
{
  if (!dir_)
    return {};
  const std::string path = wait_for_location (batch);
  const BundlePtr bundle (path.empty () ? nullptr : gst_numpro_bundle_new (path.c_str ()));
  GError *error = nullptr;
  gst_numpro_bundle_dir_write_answer (dir_.get (), bundle.get (), question.index (),
                                      result.request.c_str (), result.answer.get (), &error);
  if (const ErrorPtr owned (error); owned) {
    Lost lost = lost_about (batch.ledger (), GST_NUMPRO_LOSS_REASON_DISK,
                            std::string ("its answer was not written: ") + error->message);
    lost.question = gst_numpro_prompt_get_question (question.prompt ());
    events_->tell (lost);
  }
  return path;
}

// From any thread

void ModelOutlet::lose (OutgoingBatchPtr batch, Lost lost)
{
  const LedgerPtr ledger (gst_numpro_ledger_ref (batch->ledger ()));
  std::vector<PendingQuestion> questions = std::move (batch->questions ());
  const LossReason reason = lost.reason;
  const std::string sentence = lost.sentence;
  const bool is_overrun = reason == GST_NUMPRO_LOSS_REASON_OVERRUN;
  lost.is_expected = is_overrun && presence_.is_away ();
  // Long before a server is taken for away it may have hung, or have loaded its model. Where the
  // location is not known yet the batch is being written.
  if (is_overrun && unanswered_ && batch->wait_for_location (std::chrono::nanoseconds (0)) != "") {
    overruns_ += !queue_.is_interrupted ();
    postpone (ledger.get (), std::move (questions), 0, batch);
    return;
  }
  Outlet::lose (std::move (batch), std::move (lost));
  for (PendingQuestion &question : questions)
    lose_question (ledger.get (), question, reason, sentence);
}

void ModelOutlet::lose_question (GstNumproLedger *ledger, PendingQuestion &question,
                                 LossReason reason, const std::string &sentence)
{
  Lost lost = lost_about (ledger, reason, sentence);
  if (reason != GST_NUMPRO_LOSS_REASON_FLUSH)
    lost.is_expected = presence_.note_lost ();
  question.lose (*events_, std::move (lost));
}

void ModelOutlet::postpone (GstNumproLedger *ledger, std::vector<PendingQuestion> questions,
                            guint failures, const OutgoingBatchPtr &unasked)
{
  GST_DEBUG_ID (events_->id (),
                "batch %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT " questions are postponed",
                gst_numpro_ledger_get_batch (ledger), questions.size ());
  unanswered_->postpone (gst_numpro_ledger_get_batch (ledger), numbers_in (ledger),
                         std::move (questions), failures, unasked);
  std::lock_guard lock (mutex_);
  is_resuming_ = true;
  if (presence_.is_away ())
    next_resume_ = std::chrono::steady_clock::now () + pause_;
}

}  // namespace numpro
