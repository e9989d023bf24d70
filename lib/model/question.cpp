/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "question.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "chatreply.h"
#include "chatrequest.h"
#include "modeldebug.h"
#include "retrypolicy.h"

namespace numpro {

namespace {

using Clock = ModelServer::Clock;
using Outcome = HttpReply::Outcome;

// Some of the batch's images, with their samples.
BatchPtr make_part (GstNumproBatch *batch, guint first_image, guint end_image)
{
  GstNumproLedger *whole = gst_numpro_batch_get_ledger (batch);
  const LedgerPtr ledger (gst_numpro_ledger_new (gst_numpro_ledger_get_batch (whole)));
  gst_numpro_ledger_set_look (ledger.get (), gst_numpro_ledger_get_look (whole));
  std::vector<const char *> names;
  for (guint image = first_image; image < end_image; ++image) {
    names.push_back (gst_numpro_batch_get_image_name (batch, image));
    for (guint i = 0; i < gst_numpro_ledger_get_length (whole); ++i) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (whole, i);
      if (g_strcmp0 (sample->image, names.back ()) == 0)
        gst_numpro_ledger_append (ledger.get (), sample);
    }
  }
  BatchPtr part (gst_numpro_batch_new (ledger.get ()));
  for (const char *name : names)
    gst_numpro_batch_add_image (part.get (), name, gst_numpro_batch_get_image (batch, name));
  return part;
}

AskFailure failure_of (const HttpReply &reply)
{
  switch (reply.outcome) {
    case Outcome::kReply:
      return reply.refuses_key () ? AskFailure::kUnauthorized : AskFailure::kHttp;
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

std::string problem_of (const HttpReply &reply, int retries, const ModelOptions &options)
{
  std::string problem = error_message (reply, options.http.bearer);
  if (reply.refuses_key ())
    return problem + "; set api-key, or NUMPRO_API_KEY in the environment";
  if (retries > 0)
    problem += " (after " + std::to_string (retries + 1) + " attempts)";
  for (const std::string &more : {reply.cure, overlong_wait (options.retry, reply)}) {
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
                    GstNumproBatch *batch, Done done)
    : options_ (options),
      server_ (server),
      prompt_ (gst_numpro_prompt_ref (prompt)),
      batch_ (gst_numpro_batch_ref (batch)),
      done_ (std::move (done))
{
  parts_.emplace_back (gst_numpro_batch_ref (batch));
}

std::size_t Question::send (HttpClient &client)
{
  if (const guint limit = server_.image_limit (); images () > limit)
    split (limit);
  GstNumproBatch *part = parts_.front ().get ();
  body_ = make_request (options_.chat, prompt_.get (), part);
  std::string body = put_images_into (body_, part);
  const std::size_t size = body.size ();
  ++attempts_;
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": attempt %u: %" G_GSIZE_FORMAT " bytes, %u images",
             number (), attempts_, size, images ());
  request_ = client.post (std::move (body));
  return size;
}

// The part that is next becomes several.
void Question::split (guint limit)
{
  const BatchPtr whole = std::move (parts_.front ());
  parts_.pop_front ();
  const guint count = gst_numpro_batch_get_n_images (whole.get ());
  const guint n_parts = (count - 1) / limit + 1;
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": %u images are asked about in %u parts", number (), count,
             n_parts);
  for (guint i = n_parts; i-- > 0;)
    parts_.push_front (make_part (whole.get (), i * limit, std::min (count, (i + 1) * limit)));
  is_split_ = true;
}

bool Question::take_reply ()
{
  if (!request_ || !request_->reply ())
    return false;
  const std::unique_ptr<HttpRequest> request = std::move (request_);
  const HttpReply &reply = *request->reply ();
  GST_DEBUG (
      "batch %" G_GUINT64_FORMAT ": attempt %u: %s after %.0f ms", number (), attempts_,
      (reply.problem.empty () ? "HTTP " + std::to_string (reply.status) : reply.problem).c_str (),
      reply.latency.count () * 1e3);
  Seconds wait (0);
  if (reply.outcome == Outcome::kReply && reply.status == 200) {
    take_completion (reply);
  } else if (const std::optional<Seconds> pause =
                 wait_after (options_.retry, reply, retries_, g_random_double ())) {
    wait = *pause;
    ++retries_;
    GST_DEBUG ("batch %" G_GUINT64_FORMAT ": waiting %.3g s before attempt %u", number (),
               wait.count (), attempts_ + 1);
  } else {
    take_refusal (reply);
  }
  const Clock::time_point now = Clock::now ();
  server_.end_request (reply, wait, now);
  due_ = now + std::chrono::ceil<Clock::duration> (wait);
  return true;
}

void Question::take_completion (const HttpReply &reply)
{
  server_.accept_key ();
  const ChatReply said = read_chat_reply (reply.body, options_.http.bearer);
  if (!said.problem.empty ()) {
    fail (AskFailure::kReply, said.problem);
    return;
  }
  AnswerPtr answer (gst_numpro_answer_new (
      prompt_.get (), gst_numpro_batch_get_ledger (parts_.front ().get ()), said.text.c_str ()));
  require_whole (answer.get (), said);
  if (result_.answer)
    answer.reset (gst_numpro_answer_merge (result_.answer.get (), answer.get (),
                                           gst_numpro_batch_get_ledger (batch_.get ())));
  result_.answer = std::move (answer);
  result_.request += (result_.request.empty () ? "" : ",\n") + body_;
  model_ = said.model;
  usage_ = add_usage (usage_, said.usage);
  latency_ += reply.latency;
  parts_.pop_front ();
  retries_ = 0;
}

void Question::take_refusal (const HttpReply &reply)
{
  const std::optional<unsigned> limit = image_limit (reply);
  if (limit && *limit < images ()) {
    server_.learn_image_limit (*limit);
    retries_ = 0;
    return;
  }
  fail (failure_of (reply), problem_of (reply, retries_, options_));
  if (reply.refuses_key ())
    server_.refuse_key (result_.problem, Clock::now ());
}

void Question::fail (AskFailure failure, const std::string &problem)
{
  if (std::exchange (request_, nullptr))
    server_.end_request ({}, Seconds (0), Clock::now ());
  result_ = {.failure = failure, .problem = problem};
}

void Question::tell ()
{
  if (result_.answer) {
    gst_numpro_answer_set_delivery (
        result_.answer.get (), (model_.empty () ? options_.chat.model : model_).c_str (),
        latency_.count (), attempts_, usage_.empty () ? nullptr : usage_.c_str ());
    if (is_split_)
      result_.request = "[" + result_.request + "]";
  }
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": %s", number (),
             result_.answer ? "answered" : result_.problem.c_str ());
  done_ (std::move (result_));
}

}  // namespace numpro
