/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "asker.h"

#include "batchparts.h"
#include "chatreply.h"
#include "usage.h"

namespace numpro {

namespace {

using Outcome = HttpReply::Outcome;

const char *reason_of (const HttpReply &reply)
{
  switch (reply.outcome) {
    case Outcome::kReply:
      return reply.status == 401 || reply.status == 403 ? "unauthorized" : "http";
    case Outcome::kTimeout:
      return "timeout";
    case Outcome::kUntrusted:
      return "tls";
    case Outcome::kTooLarge:
      return "reply";
    case Outcome::kCancelled:
      return "flush";
    default:
      return "network";
  }
}

std::string problem_of (const HttpReply &reply, guint attempts, const std::string &key,
                        const std::string &overlong_wait)
{
  std::string problem = error_message (reply, key);
  if (reply.outcome == Outcome::kReply && (reply.status == 401 || reply.status == 403))
    return problem + "; set api-key, or NUMPRO_API_KEY in the environment";
  if (attempts > 1)
    problem += " (after " + std::to_string (attempts) + " attempts)";
  for (const std::string &more : {reply.cure, overlong_wait}) {
    if (!more.empty ())
      problem += "; " + more;
  }
  return problem;
}

Asker::Result failure (std::string request, std::string reason, std::string problem)
{
  return {nullptr, std::move (request), std::move (reason), std::move (problem)};
}

// What the text alone does not tell: what was cut may read like an answer, and so may reasoning.
void require_whole (GstNumproAnswer *answer, const ChatReply &reply)
{
  if (reply.is_reasoning)
    gst_numpro_answer_invalidate (answer, "It is empty but for its reasoning.");
  if (reply.is_filtered)
    gst_numpro_answer_invalidate (answer, "It was cut by the server's content filter.");
  if (reply.is_cut)
    gst_numpro_answer_invalidate (
        answer, "It was cut at the limit on tokens; raise max_tokens in request-options.");
}

}  // namespace

Asker::Asker (const AskRule &rule, std::shared_ptr<Fate> fate)
    : rule_ (rule), fate_ (std::move (fate)), client_ (rule.http), policy_ (rule.retry)
{
}

void Asker::set_cancelled (bool cancelled)
{
  {
    std::lock_guard lock (mutex_);
    cancelled_ = cancelled;
  }
  changed_.notify_all ();
  client_.set_cancelled (cancelled);
}

bool Asker::is_cancelled () const
{
  std::lock_guard lock (mutex_);
  return cancelled_;
}

bool Asker::wait (RetryPolicy::Seconds time)
{
  std::unique_lock lock (mutex_);
  return !changed_.wait_for (lock, time, [&] { return cancelled_; });
}

Asker::Exchange Asker::exchange (const std::string &body)
{
  Exchange exchange;
  for (int retries = 0;; ++retries) {
    fate_->request (body.size (), retries > 0);
    const auto start = std::chrono::steady_clock::now ();
    exchange.reply = client_.post (body);
    exchange.latency = RetryPolicy::Seconds (std::chrono::steady_clock::now () - start).count ();
    ++exchange.attempts;
    const double random = std::uniform_real_distribution<double> () (random_);
    const auto now = std::chrono::system_clock::now ();
    const auto pause = policy_.wait_after (exchange.reply, retries, random, now);
    if (!pause) {
      exchange.overlong_wait = policy_.overlong_wait (exchange.reply, now);
      return exchange;
    }
    if (!wait (*pause)) {
      exchange.reply.outcome = Outcome::kCancelled;
      return exchange;
    }
  }
}

Asker::Result Asker::ask (GstNumproPrompt *prompt, GstNumproBatch *batch)
{
  Delivery delivery;
  Result result = ask_about (prompt, batch, delivery);
  if (result.answer) {
    const std::string &model = delivery.model.empty () ? rule_.chat.model : delivery.model;
    gst_numpro_answer_set_delivery (result.answer.get (), model.c_str (), delivery.latency,
                                    delivery.attempts,
                                    delivery.usage.empty () ? nullptr : delivery.usage.c_str ());
  }
  return result;
}

Asker::Result Asker::ask_about (GstNumproPrompt *prompt, GstNumproBatch *batch, Delivery &delivery)
{
  return gst_numpro_batch_get_n_images (batch) > image_limit_
             ? ask_in_parts (prompt, batch, delivery)
             : ask_whole (prompt, batch, delivery);
}

Asker::Result Asker::ask_whole (GstNumproPrompt *prompt, GstNumproBatch *batch, Delivery &delivery)
{
  std::string request = make_request (rule_.chat, prompt, batch);
  const Exchange done = exchange (put_images_into (request, batch));
  const HttpReply &reply = done.reply;
  delivery.attempts += done.attempts;
  if (reply.outcome != Outcome::kReply || reply.status != 200) {
    const std::optional<unsigned> limit = image_limit (reply);
    if (limit && *limit < gst_numpro_batch_get_n_images (batch)) {
      image_limit_ = *limit;
      return ask_in_parts (prompt, batch, delivery);
    }
    return failure (std::move (request), reason_of (reply),
                    problem_of (reply, done.attempts, rule_.http.bearer, done.overlong_wait));
  }
  const ChatReply said = read_chat_reply (reply.body, rule_.http.bearer);
  if (!said.problem.empty ())
    return failure (std::move (request), "reply", said.problem);

  Result result;
  result.request = std::move (request);
  result.answer.reset (
      gst_numpro_answer_new (prompt, gst_numpro_batch_get_ledger (batch), said.text.c_str ()));
  require_whole (result.answer.get (), said);
  delivery.latency += done.latency;
  delivery.model = said.model;
  delivery.usage = add_usage (delivery.usage, said.usage);
  return result;
}

Asker::Result Asker::ask_in_parts (GstNumproPrompt *prompt, GstNumproBatch *batch,
                                   Delivery &delivery)
{
  Result whole;
  for (const BatchPtr &part : split_batch (batch, image_limit_)) {
    Result result = ask_about (prompt, part.get (), delivery);
    whole.request += (whole.request.empty () ? "[" : ",\n") + result.request;
    if (!result.answer) {
      result.request = whole.request + "]";
      return result;
    }
    if (whole.answer)
      whole.answer.reset (gst_numpro_answer_merge (whole.answer.get (), result.answer.get (),
                                                   gst_numpro_batch_get_ledger (batch)));
    else
      whole.answer = std::move (result.answer);
  }
  whole.request += "]";
  return whole;
}

}  // namespace numpro
