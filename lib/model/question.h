/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chatreply.h"
#include "httpclient.h"
#include "lib/base/owned.h"
#include "modeloptions.h"
#include "modelserver.h"
#include "secrets.h"

namespace numpro {

/** Why a question has no answer. */
enum class AskFailure {
  kNetwork,      /**< no connection, or it broke */
  kTimeout,      /**< not answered in time */
  kTls,          /**< the server is not the one that it should be */
  kHttp,         /**< a status other than 200 */
  kUnauthorized, /**< the server refuses the key */
  kReply,        /**< what the server sent is no chat completion */
  kCancelled,
};

/** What became of a question. */
struct AskResult {
  AnswerPtr answer;     /**< null when there is none */
  bool is_whole = true; /**< it was not cut or refused, and is more than reasoning */
  std::string request;  /**< answered: images by their names; an array where it was split */
  std::optional<AskFailure> failure;   /**< why there is no answer */
  std::string problem;                 /**< the same in a sentence, without a full stop */
  bool is_server_away = false;         /**< it would be the same for any question */
  ModelServer::Clock::time_point sent; /**< when the last request was */
  guint parts = 0;              /**< that the batch was asked about in; 0 where it was not split */
  std::vector<Adaptation> news; /**< to be told to people, once */
  guint image_limit = 0; /**< images that the server takes in a request; 0 = as many as were sent */
  ResponseFormat format = ResponseFormat::kLists; /**< that the last request had, if any */
};

/** Why a server is taken for away. */
struct ServerAbsence {
  AskFailure failure;
  std::string problem;                 /**< in a sentence, without a full stop */
  ModelServer::Clock::time_point sent; /**< when the request was that found that out */
};

/** A request that has gone out. */
struct SentRequest {
  std::size_t bytes; /**< of its body */
  bool is_retry;
  bool asks_back;                            /**< for the first time about this answer */
  std::optional<ServerAbsence> absence = {}; /**< where the server has been away for some time */
};

/**
 * A question about a batch on its way to an answer: one request after the other, until there is
 * one. Where the batch has more images than the server takes it is asked about in parts. An answer
 * that is not read is followed by a request for what it means, if the options say so.
 */
class Question
{
 public:
  using Done = std::function<void (AskResult)>;

  /** @param options, secrets, server outlive the question */
  Question (const ModelOptions &options, const Secrets &secrets, ModelServer &server,
            GstNumproPrompt *prompt, GstNumproBatch *batch, Done done);

  /** The batch's number. */
  guint64 number () const
  {
    return gst_numpro_ledger_get_batch (gst_numpro_batch_get_ledger (batch_.get ()));
  }

  /** Whether there is no more to send. */
  bool has_ended () const { return parts_.empty () || result_.failure; }

  /** Whether there is a request without a reply. */
  bool is_under_way () const { return request_ != nullptr; }

  /** When to send the next one. */
  ModelServer::Clock::time_point due () const { return due_; }

  /** Whether that request was sent before. */
  bool is_retry () const { return retries_ > 0 || load_attempts_ > 0; }

  /** Sends the next request. */
  SentRequest send (HttpClient &client);

  /** Takes the reply. @return whether it is there */
  bool take_reply ();

  /** There will be no answer, whatever is under way. */
  void fail (AskFailure failure, const std::string &problem);

  /** Calls done with what became of the question in the end. */
  void tell ();

 private:
  GstNumproLedger *ledger () const { return gst_numpro_batch_get_ledger (parts_.front ().get ()); }
  guint images () const { return gst_numpro_batch_get_n_images (parts_.front ().get ()); }
  void split (guint limit);
  std::string make_body ();
  void take_completion (const HttpReply &reply);
  void take_restatement (const HttpReply &reply, const ChatReply &said);
  void begin_anew ();
  void settle_part (AnswerPtr answer);
  void settle_unread (const std::string &problem);
  bool adapt (const HttpReply &reply);
  bool ask_for_less (const HttpReply &reply);
  void try_images (guint limit);
  bool relax_format ();
  std::optional<Seconds> pause_after (const HttpReply &reply);
  void note_absence (const HttpReply &reply);
  void take_refusal (const HttpReply &reply);

  const ModelOptions &options_;
  const Secrets &secrets_;
  ModelServer &server_;
  const PromptPtr prompt_;
  const BatchPtr batch_;
  const Done done_;

  std::deque<BatchPtr> parts_;  // that are not answered yet
  guint n_parts_ = 1;
  guint image_limit_ = G_MAXUINT;  // that is tried out; the server's is known
  int retries_ = 0;                // of the first of them
  int load_attempts_ = 0;          // while the server loads its model
  std::optional<ModelServer::Clock::time_point> loads_since_;
  ResponseFormat format_ = ResponseFormat::kLists;  // of its request
  std::string body_;                                // of its request, with names for images
  AnswerPtr unread_;                                // about it; the model is asked what it means
  bool has_asked_back_ = false;
  std::unique_ptr<HttpRequest> request_;  // that is under way
  ModelServer::Clock::time_point due_, sent_;
  std::optional<ServerAbsence> absence_;  // as the last reply has it, after some of its kind

  std::string model_, usage_;      // as the server told them; empty when it did not
  guint attempts_ = 0;             // with that which is under way, and those that were refused
  Seconds latency_{0};             // of those that were answered
  std::string restatement_usage_;  // of what was asked back, as the two above
  Seconds restatement_latency_{0};
  AskResult result_;
};

}  // namespace numpro
