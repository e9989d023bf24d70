/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "question.h"

#include <utility>

#include "batchparts.h"
#include "chatrequest.h"
#include "modeldebug.h"
#include "usage.h"

namespace numpro {

namespace {

using Outcome = HttpReply::Outcome;

AskFailure failure_of (const HttpReply &reply)
{
  switch (reply.outcome) {
    case Outcome::kReply:
      return is_unauthorized (reply) ? AskFailure::kUnauthorized : AskFailure::kHttp;
    case Outcome::kTimeout:
      return AskFailure::kTimeout;
    case Outcome::kUntrusted:
      return AskFailure::kTls;
    case Outcome::kTooLarge:
      return AskFailure::kReply;
    default:
      return AskFailure::kNetwork;
  }
}

std::string problem_of (const HttpReply &reply, int retries, const std::string &key,
                        const std::string &overlong_wait)
{
  std::string problem = error_message (reply, key);
  if (is_unauthorized (reply))
    return problem + "; set api-key, or NUMPRO_API_KEY in the environment";
  if (retries > 0)
    problem += " (after " + std::to_string (retries + 1) + " attempts)";
  for (const std::string &more : {reply.cure, overlong_wait}) {
    if (!more.empty ())
      problem += "; " + more;
  }
  return problem;
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

Question::Question (const ModelOptions &options, ModelServer &server, GstNumproPrompt *prompt,
                    GstNumproBatch *batch)
    : options_ (options),
      server_ (server),
      policy_ (options.retry),
      prompt_ (gst_numpro_prompt_ref (prompt)),
      batch_ (gst_numpro_batch_ref (batch))
{
  parts_.emplace_back (gst_numpro_batch_ref (batch));
}

std::string Question::next_body ()
{
  if (const guint limit = server_.image_limit (); images () > limit)
    split (limit);
  request_ = make_request (options_.chat, prompt_.get (), parts_.front ().get ());
  ++attempts_;
  return put_images_into (request_, parts_.front ().get ());
}

// The part that is next becomes several.
void Question::split (guint limit)
{
  std::vector<BatchPtr> parts = split_batch (parts_.front ().get (), limit);
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": %u images are asked about in %u parts", batch (),
             images (), static_cast<guint> (parts.size ()));
  parts_.pop_front ();
  parts_.insert (parts_.begin (), std::make_move_iterator (parts.begin ()),
                 std::make_move_iterator (parts.end ()));
  is_split_ = true;
}

std::optional<Seconds> Question::take (const HttpReply &reply, double random,
                                       ModelServer::Clock::time_point now)
{
  if (reply.outcome == Outcome::kReply && reply.status == 200) {
    server_.accept_key ();
    return take_completion (reply);
  }
  if (const std::optional<Seconds> wait = policy_.wait_after (reply, retries_, random)) {
    ++retries_;
    return wait;
  }
  return take_refusal (reply, now);
}

std::optional<Seconds> Question::take_completion (const HttpReply &reply)
{
  const ChatReply said = read_chat_reply (reply.body, options_.http.bearer);
  if (!said.problem.empty ()) {
    fail (AskFailure::kReply, said.problem);
    return std::nullopt;
  }
  add_answer (said);
  latency_ += reply.latency;
  requests_ += (requests_.empty () ? "" : ",\n") + std::exchange (request_, {});
  parts_.pop_front ();
  retries_ = 0;
  return parts_.empty () ? std::nullopt : std::optional (Seconds (0));
}

std::optional<Seconds> Question::take_refusal (const HttpReply &reply,
                                               ModelServer::Clock::time_point now)
{
  const std::optional<unsigned> limit = image_limit (reply);
  if (limit && *limit < images ()) {
    server_.learn_image_limit (*limit);
    retries_ = 0;
    return Seconds (0);
  }
  fail (failure_of (reply),
        problem_of (reply, retries_, options_.http.bearer, policy_.overlong_wait (reply)));
  if (is_unauthorized (reply))
    server_.refuse_key (result_.problem, now);
  return std::nullopt;
}

void Question::add_answer (const ChatReply &reply)
{
  AnswerPtr answer (gst_numpro_answer_new (
      prompt_.get (), gst_numpro_batch_get_ledger (parts_.front ().get ()), reply.text.c_str ()));
  require_whole (answer.get (), reply);
  if (result_.answer)
    answer.reset (gst_numpro_answer_merge (result_.answer.get (), answer.get (), ledger ()));
  result_.answer = std::move (answer);
  model_ = reply.model;
  usage_ = add_usage (usage_, reply.usage);
}

void Question::fail (AskFailure failure, std::string problem)
{
  result_.answer = nullptr;
  result_.failure = failure;
  result_.problem = std::move (problem);
}

AskResult Question::result ()
{
  if (!request_.empty ())
    requests_ += (requests_.empty () ? "" : ",\n") + request_;
  result_.request = is_split_ ? "[" + requests_ + "]" : requests_;
  if (result_.answer)
    gst_numpro_answer_set_delivery (
        result_.answer.get (), (model_.empty () ? options_.chat.model : model_).c_str (),
        latency_.count (), attempts_, usage_.empty () ? nullptr : usage_.c_str ());
  return std::move (result_);
}

}  // namespace numpro
