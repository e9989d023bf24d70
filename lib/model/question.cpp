/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "question.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "chatreply.h"
#include "chatrequest.h"
#include "errorwords.h"
#include "gst/numpro/json.h"
#include "imagelimit.h"
#include "modeldebug.h"
#include "replystatus.h"
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

// After so many attempts a failure that may pass is not taken for a hiccup any more.
constexpr int kPatience = 3;

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

std::string problem_of (const HttpReply &reply, int retries, const ModelOptions &options,
                        const Secrets &secrets)
{
  std::string problem = error_message (reply, secrets);
  // A refused key is told of other questions, too.
  if (retries > 0 && !reply.refuses_key ())
    problem += " (after " + std::to_string (retries + 1) + " attempts)";
  for (const std::string &more : {reply.cure, overlong_wait (options.retry, reply)}) {
    if (!more.empty ())
      problem += "; " + more;
  }
  if (reply.refuses_key () && !options.http.headers.empty ())
    problem += ", or correct request-headers";
  return problem;
}

// Reasoning that fills the answer's place is a matter of the server's parser or of the model's
// template (Ollama 15288, vllm 17609), and either of these turns it off where it is known.
constexpr char kTurnReasoningOff[] =
    "; {\"reasoning_effort\":\"none\"} or {\"chat_template_kwargs\":{\"enable_thinking\":false}} in "
    "request-options may turn that off";

// What the text alone does not tell: what was cut may read like an answer, and so may reasoning.
void require_whole (GstNumproAnswer *answer, const ChatReply &reply)
{
  const auto obstruct = [answer] (GstNumproObstacle obstacle, const std::string &detail) {
    gst_numpro_answer_set_obstacle (answer, obstacle, detail.c_str ());
  };
  if (reply.is_refused)
    obstruct (GST_NUMPRO_OBSTACLE_REFUSED, "");
  if (reply.is_reasoning)
    obstruct (GST_NUMPRO_OBSTACLE_REASONING, kTurnReasoningOff);
  switch (reply.ending) {
    case Ending::kWhole:
    case Ending::kFailed:  // no answer at all
      return;
    case Ending::kCut:
      return obstruct (GST_NUMPRO_OBSTACLE_CUT,
                       " at the limit on tokens; raise max_tokens in request-options");
    case Ending::kFiltered:
      return obstruct (GST_NUMPRO_OBSTACLE_FILTERED, reply.finish_reason == "content_filter"
                                                         ? ""
                                                         : " (" + reply.finish_reason + ")");
    case Ending::kUnknown:
      return obstruct (GST_NUMPRO_OBSTACLE_CUT, ", or may be: it ended for an unknown reason, \"" +
                                                    reply.finish_reason + "\"");
  }
}

}  // namespace

Question::Question (const ModelOptions &options, const Secrets &secrets, ModelServer &server,
                    GstNumproPrompt *prompt, GstNumproBatch *batch, Done done)
    : options_ (options),
      secrets_ (secrets),
      server_ (server),
      prompt_ (gst_numpro_prompt_ref (prompt)),
      batch_ (gst_numpro_batch_ref (batch)),
      done_ (std::move (done))
{
  parts_.emplace_back (gst_numpro_batch_ref (batch));
}

SentRequest Question::send (HttpClient &client)
{
  const bool is_restatement = unread_ != nullptr;
  format_ = server_.format ();
  std::string body = is_restatement
                         ? make_restatement_request (options_.chat, format_, prompt_.get (),
                                                     ledger (), unread_.get ())
                         : make_body ();
  const SentRequest sent = {body.size (), is_retry (), is_restatement && !has_asked_back_,
                            std::exchange (absence_, std::nullopt)};
  has_asked_back_ = is_restatement;
  ++attempts_;
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": attempt %u%s: %" G_GSIZE_FORMAT " bytes, %u images",
             number (), attempts_, is_restatement ? ", asking back" : "", sent.bytes,
             is_restatement ? 0 : images ());
  request_ = client.post (std::move (body));
  sent_ = Clock::now ();
  return sent;
}

// That of a question about the part that is next, or about as many of its images as are taken.
std::string Question::make_body ()
{
  if (const guint limit = std::min (server_.image_limit (), image_limit_); images () > limit)
    split (limit);
  GstNumproBatch *part = parts_.front ().get ();
  body_ = make_request (options_.chat, format_, prompt_.get (), part);
  return put_images_into (body_, part);
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
  n_parts_ += n_parts - 1;
}

bool Question::take_reply ()
{
  if (!request_ || !request_->reply ())
    return false;
  const std::unique_ptr<HttpRequest> request = std::move (request_);
  const HttpReply reply = read_status (*request->reply (), options_.http.url);
  GST_DEBUG (
      "batch %" G_GUINT64_FORMAT ": attempt %u: %s after %.0f ms", number (), attempts_,
      (reply.problem.empty () ? "HTTP " + std::to_string (reply.status) : reply.problem).c_str (),
      reply.latency.count () * 1e3);
  Seconds wait (0);
  bool adapts = false;
  if (reply.is_success ()) {
    take_completion (reply);
  } else if (adapt (reply)) {
    adapts = true;
    retries_ = 0;
  } else if (const std::optional<Seconds> pause = pause_after (reply)) {
    wait = *pause;
    note_absence (reply);
    GST_DEBUG ("batch %" G_GUINT64_FORMAT ": waiting %.3g s before attempt %u", number (),
               wait.count (), attempts_ + 1);
  } else {
    take_refusal (reply);
  }
  const Clock::time_point now = Clock::now ();
  server_.end_request (reply, wait, adapts, now);
  due_ = now + std::chrono::ceil<Clock::duration> (wait);
  return true;
}

void Question::take_completion (const HttpReply &reply)
{
  server_.accept_key ();
  const ChatReply said = read_chat_reply (reply.body, secrets_);
  if (unread_) {
    take_restatement (reply, said);
    return;
  }
  if (!said.problem.empty ()) {
    fail (AskFailure::kReply, said.problem);
    return;
  }
  AnswerPtr answer (gst_numpro_answer_new (prompt_.get (), ledger (), said.text.c_str ()));
  require_whole (answer.get (), said);
  result_.is_whole &= said.ending == Ending::kWhole && !said.is_refused && !said.is_reasoning;
  result_.request += (result_.request.empty () ? "" : ",\n") + body_;
  model_ = said.model;
  usage_ = add_usage (usage_, said.usage);
  latency_ += reply.latency;
  // Now that it has let so many pass. Refused, it would only have been a guess.
  if (image_limit_ < server_.image_limit ())
    server_.learn_image_limit (image_limit_);
  begin_anew ();
  if (options_.chat.restate && !said.is_refused &&
      gst_numpro_answer_needs_restatement (answer.get ()))
    unread_ = std::move (answer);
  else
    settle_part (std::move (answer));
}

void Question::take_restatement (const HttpReply &reply, const ChatReply &said)
{
  restatement_usage_ = add_usage (restatement_usage_, said.usage);
  restatement_latency_ += reply.latency;
  begin_anew ();
  if (!said.problem.empty ())
    return settle_unread (said.problem);
  if (said.ending != Ending::kWhole || said.is_refused || said.is_reasoning)
    return settle_unread ("the reply was not whole");
  AnswerPtr answer = std::move (unread_);
  gst_numpro_answer_restate (answer.get (), prompt_.get (), ledger (), said.text.c_str ());
  settle_part (std::move (answer));
}

// A request that is none of the same any more.
void Question::begin_anew ()
{
  retries_ = load_attempts_ = 0;
  loads_since_ = std::nullopt;
}

// The part that is next has its answer.
void Question::settle_part (AnswerPtr answer)
{
  if (result_.answer)
    answer.reset (gst_numpro_answer_merge (result_.answer.get (), answer.get (),
                                           gst_numpro_batch_get_ledger (batch_.get ())));
  result_.answer = std::move (answer);
  parts_.pop_front ();
}

// The model could not be asked what it means: the answer is what it was.
void Question::settle_unread (const std::string &problem)
{
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": asked back in vain: %s", number (), problem.c_str ());
  AnswerPtr answer = std::move (unread_);
  gst_numpro_answer_set_obstacle (answer.get (), gst_numpro_answer_get_obstacle (answer.get ()),
                                  ("; asked back in vain: " + problem).c_str ());
  settle_part (std::move (answer));
}

// Makes the next request otherwise, if that is what the server refuses it for.
bool Question::adapt (const HttpReply &reply)
{
  switch (reply.refusal) {
    case Refusal::kImages:
    case Refusal::kSize:
      return !unread_ && ask_for_less (reply);
    case Refusal::kFormat:
      return relax_format ();
    default:
      return false;
  }
}

// A cap that is named is taken; half as many are tried where there is none, or where it cannot be
// right. One image is the least that can be asked about.
bool Question::ask_for_less (const HttpReply &reply)
{
  if (images () < 2)
    return false;
  const std::optional<unsigned> named = reply.refusal == Refusal::kImages
                                            ? named_image_limit (searchable_words (reply.body))
                                            : std::nullopt;
  if (named && *named < images ())
    server_.learn_image_limit (*named);
  else
    try_images ((images () + 1) / 2);
  return true;
}

void Question::try_images (guint limit)
{
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": %u images were refused, %u are tried", number (),
             images (), limit);
  image_limit_ = limit;
}

bool Question::relax_format ()
{
  const Json schema = unread_ ? restatement_schema (prompt_.get ())
                              : schema_for (options_.chat, prompt_.get (), parts_.front ().get ());
  if (schema.is_null () || format_ == ResponseFormat::kAnyText)
    return false;
  server_.learn_format (next_format (format_, schema));
  return true;
}

std::optional<Seconds> Question::pause_after (const HttpReply &reply)
{
  if (reply.refusal == Refusal::kLoading) {
    const Clock::time_point now = Clock::now ();
    const Seconds loading = now - loads_since_.value_or (now);
    const auto pause =
        wait_while_loading (options_.retry, reply, loading, load_attempts_, g_random_double ());
    if (pause) {
      loads_since_ = now - std::chrono::duration_cast<Clock::duration> (loading);
      ++load_attempts_;
      return pause;
    }
  }
  const auto pause = wait_after (options_.retry, reply, retries_, g_random_double ());
  retries_ += pause.has_value ();
  return pause;
}

// A question that may be retried for hours is not to keep for itself what it finds.
void Question::note_absence (const HttpReply &reply)
{
  if (retries_ > kPatience && is_absence (reply))
    absence_ = {failure_of (reply), problem_of (reply, 0, options_, secrets_), sent_};
}

void Question::take_refusal (const HttpReply &reply)
{
  const std::string problem = problem_of (reply, retries_, options_, secrets_);
  if (unread_)
    settle_unread (problem);
  else
    fail (failure_of (reply), problem);
  result_.is_server_away = is_absence (reply);
  if (reply.refuses_key ())
    server_.refuse_key (problem, Clock::now ());
}

void Question::fail (AskFailure failure, const std::string &problem)
{
  if (std::exchange (request_, nullptr))
    server_.end_request ({}, Seconds (0), false, Clock::now ());
  result_ = {.failure = failure, .problem = problem};
}

void Question::tell ()
{
  if (result_.answer) {
    gst_numpro_answer_set_delivery (
        result_.answer.get (), (model_.empty () ? options_.chat.model : model_).c_str (),
        latency_.count (), attempts_, usage_.empty () ? nullptr : usage_.c_str ());
    if (gst_numpro_answer_get_restatement (result_.answer.get ()))
      gst_numpro_answer_set_restatement_delivery (
          result_.answer.get (), restatement_latency_.count (),
          restatement_usage_.empty () ? nullptr : restatement_usage_.c_str ());
    if (n_parts_ > 1)
      result_.request = "[" + result_.request + "]";
    result_.news = server_.take_news (gst_numpro_batch_get_n_images (batch_.get ()),
                                      n_parts_ > 1 ? n_parts_ : 0);
  }
  result_.parts = n_parts_ > 1 ? n_parts_ : 0;
  result_.image_limit = server_.image_limit () == G_MAXUINT ? 0 : server_.image_limit ();
  result_.format = format_;
  result_.sent = sent_;
  GST_DEBUG ("batch %" G_GUINT64_FORMAT ": %s", number (),
             result_.answer ? "answered" : result_.problem.c_str ());
  done_ (std::move (result_));
}

}  // namespace numpro
