/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modelclient.h"

#include <pthread.h>

#include <algorithm>

#include "httptransfer.h"
#include "modeldebug.h"
#include "question.h"

namespace numpro {

namespace {

// Far longer than anybody waits, and short enough to be counted in nanoseconds.
constexpr Seconds kLongestWait (1e8);

}  // namespace

struct ModelClient::Asked {
  Asked (const ModelClient &client, GstNumproPrompt *prompt, GstNumproBatch *batch, Done to_call)
      : question (client.options_, *client.server_, prompt, batch), done (std::move (to_call))
  {
  }

  Id id = 0;
  Question question;
  const Done done;
  std::unique_ptr<HttpTransfer> transfer;  // while it is active
  bool is_sent = false;                    // and has no reply yet
  Clock::time_point due;                   // when to send the next request
};

ModelClient::ModelClient (ModelOptions options, RequestLog log)
    : options_ (std::move (options)), log_ (std::move (log)), server_ (ModelServer::find (options_))
{
  thread_ = std::thread ([this] { run (); });
}

ModelClient::~ModelClient ()
{
  {
    std::lock_guard lock (mutex_);
    orders_.ends = true;
  }
  loop_.wake ();
  thread_.join ();
}

ModelClient::Id ModelClient::ask (GstNumproPrompt *prompt, GstNumproBatch *batch, Done done)
{
  AskedList asked;
  asked.emplace_back (*this, prompt, batch, std::move (done));
  std::lock_guard lock (mutex_);
  const Id id = asked.front ().id = next_id_++;
  orders_.asked.splice (orders_.asked.end (), asked);
  loop_.wake ();
  return id;
}

void ModelClient::cancel (Id id)
{
  std::lock_guard lock (mutex_);
  orders_.cancelled.insert (id);
  loop_.wake ();
}

void ModelClient::cancel_all ()
{
  std::lock_guard lock (mutex_);
  orders_.cancelled_below = next_id_;
  loop_.wake ();
}

void ModelClient::run ()
{
  pthread_setname_np (pthread_self (), "numpro-http");
  while (take_orders ()) {
    start_waiting ();
    loop_.wait (send_due ());
    take_replies ();
  }
  server_->forget (loop_);
}

// Returns whether there is more to come.
bool ModelClient::take_orders ()
{
  Orders orders;
  bool is_over = false;
  {
    std::lock_guard lock (mutex_);
    if (orders_.ends)
      orders_.cancelled_below = next_id_;
    std::swap (orders.asked, orders_.asked);
    std::swap (orders.cancelled, orders_.cancelled);
    std::swap (orders.cancelled_below, orders_.cancelled_below);
    is_over = orders_.ends && orders.asked.empty () && waiting_.empty () && active_.empty ();
    // Whoever is told that nothing came of it may ask again.
    if (orders_.ends)
      loop_.wake ();
  }
  waiting_.splice (waiting_.end (), orders.asked);
  cancel (active_, orders);
  cancel (waiting_, orders);
  return !is_over;
}

void ModelClient::cancel (AskedList &from, const Orders &orders)
{
  for (auto next = from.begin (); next != from.end ();) {
    const auto asked = next++;
    if (asked->id >= orders.cancelled_below && !orders.cancelled.contains (asked->id))
      continue;
    GST_DEBUG ("batch %" G_GUINT64_FORMAT ": cancelled after %u attempts", asked->question.batch (),
               asked->question.attempts ());
    if (asked->is_sent) {
      loop_.abort (*asked->transfer);
      server_->end_request (nullptr, std::nullopt, Clock::now ());
    }
    asked->question.fail (AskFailure::kCancelled, "the question was cancelled");
    finish (from, asked);
  }
}

void ModelClient::start_waiting ()
{
  while (!waiting_.empty () && active_.size () < options_.max_in_flight) {
    active_.splice (active_.end (), waiting_, waiting_.begin ());
    if (idle_.empty ())
      idle_.push_back (std::make_unique<HttpTransfer> (options_.http));
    active_.back ().transfer = std::move (idle_.back ());
    idle_.pop_back ();
  }
}

// Returns when there will be more to send, as far as it is known.
ModelClient::Clock::time_point ModelClient::send_due ()
{
  Clock::time_point next = Clock::time_point::max ();
  for (auto at = active_.begin (); at != active_.end ();) {
    const auto asked = at++;
    if (asked->is_sent)
      continue;
    if (const auto problem = server_->key_refusal (Clock::now ())) {
      GST_DEBUG ("batch %" G_GUINT64_FORMAT ": not asked: the key was refused",
                 asked->question.batch ());
      asked->question.fail (AskFailure::kUnauthorized, *problem);
      finish (active_, asked);
      // There is room for another one.
      next = Clock::now ();
      continue;
    }
    next = std::min (next, send (*asked));
    // Making a body of many images takes its time: what has come since then goes first.
    if (asked->is_sent)
      return Clock::now ();
  }
  return next;
}

// Returns when to try again, where it is known.
ModelClient::Clock::time_point ModelClient::send (Asked &asked)
{
  const Clock::time_point now = Clock::now ();
  if (asked.due > now)
    return asked.due;
  if (const Clock::time_point next = server_->begin_request (loop_, now); next > now)
    return next;
  std::string body = asked.question.next_body ();
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": attempt %u: %" G_GSIZE_FORMAT " bytes, %u images",
             asked.question.batch (), asked.question.attempts (), body.size (),
             asked.question.images ());
  if (log_)
    log_ (body.size (), asked.question.is_retry ());
  asked.transfer->set_body (std::move (body));
  asked.is_sent = true;
  loop_.start (*asked.transfer);
  return Clock::time_point::max ();
}

void ModelClient::take_replies ()
{
  for (auto next = active_.begin (); next != active_.end ();) {
    const auto asked = next++;
    const std::optional<HttpReply> reply = asked->transfer->take_reply ();
    if (!reply)
      continue;
    if (!take_reply (*asked, *reply))
      finish (active_, asked);
    else if (asked->question.is_retry ())
      // So that a question which always fails does not go ahead of all others each time.
      active_.splice (active_.end (), active_, asked);
  }
}

// Returns whether there is more to ask.
bool ModelClient::take_reply (Asked &asked, const HttpReply &reply)
{
  Question &question = asked.question;
  const std::string status = "HTTP " + std::to_string (reply.status);
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": attempt %u: %s after %.0f ms", question.batch (),
             question.attempts (),
             reply.problem.empty () ? status.c_str () : reply.problem.c_str (),
             reply.latency.count () * 1e3);
  const Clock::time_point now = Clock::now ();
  const double random = std::uniform_real_distribution<double> () (random_);
  std::optional<Seconds> wait = question.take (reply, random, now);
  if (wait)
    wait = std::min (*wait, kLongestWait);
  const bool is_retry = wait && question.is_retry ();
  if (is_retry)
    GST_DEBUG ("batch %" G_GUINT64_FORMAT ": waiting %.3g s before attempt %u", question.batch (),
               wait->count (), question.attempts () + 1);
  server_->end_request (&reply, is_retry ? wait : std::nullopt, now);
  asked.is_sent = false;
  asked.due = now + std::chrono::ceil<Clock::duration> (wait.value_or (Seconds (0)));
  return wait.has_value ();
}

void ModelClient::finish (AskedList &from, AskedList::iterator asked)
{
  AskedList ended;
  ended.splice (ended.end (), from, asked);
  if (asked->transfer) {
    asked->transfer->set_body ({});
    idle_.push_back (std::move (asked->transfer));
  }
  AskResult result = asked->question.result ();
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": %s", asked->question.batch (),
             result.answer ? "answered" : result.problem.c_str ());
  asked->done (std::move (result));
}

}  // namespace numpro
