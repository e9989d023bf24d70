/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modelclient.h"

#include <algorithm>

#include "lib/base/threadname.h"
#include "modeldebug.h"
#include "question.h"

namespace numpro {

ModelClient::ModelClient (const ModelOptions &options, RequestLog log)
    : options_ (options),
      log_ (std::move (log)),
      secrets_ (secrets_of (options_.http)),
      server_ (ModelServer::find (options_)),
      http_ (options_.http)
{
  thread_ = std::thread ([this] { run (); });
}

ModelClient::~ModelClient ()
{
  {
    std::lock_guard lock (mutex_);
    ends_ = true;
  }
  http_.wake ();
  thread_.join ();
}

void ModelClient::ask (GstNumproPrompt *prompt, GstNumproBatch *batch, Done done)
{
  std::lock_guard lock (mutex_);
  asked_.emplace_back (options_, secrets_, *server_, prompt, batch, std::move (done));
  http_.wake ();
}

void ModelClient::cancel_all ()
{
  std::lock_guard lock (mutex_);
  cancels_ = true;
  cancelled_.splice (cancelled_.end (), asked_);
  http_.wake ();
}

void ModelClient::run ()
{
  name_thread ("numpro-http");
  while (take_orders ()) {
    http_.wait (send_due ());
    take_replies ();
  }
}

// Returns whether there is more to come.
bool ModelClient::take_orders ()
{
  Questions cancelled;
  {
    std::lock_guard lock (mutex_);
    if (cancels_ || ends_)
      cancelled.swap (questions_);
    cancels_ = false;
    cancelled.splice (cancelled.end (), cancelled_);
    Questions &goes_to = ends_ ? cancelled : questions_;
    goes_to.splice (goes_to.end (), asked_);
    // Whoever is told that nothing came of it may ask again: only then is it over.
    if (ends_ && cancelled.empty ())
      return false;
    if (ends_)
      http_.wake ();
  }
  for (Question &question : cancelled) {
    question.fail (AskFailure::kCancelled, "the question was cancelled");
    question.tell ();
  }
  return true;
}

// Returns when there will be more to send, as far as it is known.
ModelClient::Clock::time_point ModelClient::send_due ()
{
  const Clock::time_point now = Clock::now ();
  Clock::time_point next = Clock::time_point::max ();
  guint turn = 0;
  for (auto at = questions_.begin (); at != questions_.end () && turn < options_.max_in_flight;) {
    const auto question = at++;
    if (question->is_under_way ()) {
      ++turn;
      continue;
    }
    if (const auto problem = server_->key_refusal (now)) {
      GST_DEBUG ("batch %" G_GUINT64_FORMAT ": not asked: the key was refused",
                 question->number ());
      question->fail (AskFailure::kUnauthorized, *problem);
      question->tell ();
      questions_.erase (question);
      continue;
    }
    ++turn;
    Clock::time_point due = question->due ();
    if (due <= now)
      due = server_->begin_request (now);
    if (due <= now) {
      const SentRequest sent = question->send (http_);
      if (log_)
        log_ (sent);
      // Making a body of many images takes its time: what has come since then goes first.
      return now;
    }
    next = std::min (next, due);
  }
  return next;
}

void ModelClient::take_replies ()
{
  for (auto at = questions_.begin (); at != questions_.end ();) {
    const auto question = at++;
    if (!question->take_reply ())
      continue;
    if (question->has_ended ()) {
      question->tell ();
      questions_.erase (question);
    } else if (question->is_retry ()) {
      // So that a question which always fails does not go ahead of all others each time.
      const auto behind = std::min<std::size_t> (questions_.size (), options_.max_in_flight);
      questions_.splice (std::next (questions_.begin (), static_cast<std::ptrdiff_t> (behind)),
                         questions_, question);
    }
  }
}

}  // namespace numpro
