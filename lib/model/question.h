/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "askresult.h"
#include "chatreply.h"
#include "modeloptions.h"
#include "modelserver.h"
#include "retrypolicy.h"

namespace numpro {

/**
 * A question about a batch on its way to an answer: what to send next, and what follows from the
 * reply. Where the batch has more images than the server takes it is asked about in parts, one
 * after the other. Knows no network and no clock.
 */
class Question
{
 public:
  /** @param options, server outlive the question */
  Question (const ModelOptions &options, ModelServer &server, GstNumproPrompt *prompt,
            GstNumproBatch *batch);

  /** The body to send next. */
  std::string next_body ();

  /**
   * Takes the reply to it.
   *
   * @param random in [0, 1), as RetryPolicy takes it
   * @return how long to wait before the next request; none where there is no more to send
   */
  std::optional<Seconds> take (const HttpReply &reply, double random,
                               ModelServer::Clock::time_point now);

  /** There will be no answer. */
  void fail (AskFailure failure, std::string problem);

  /** What became of it in the end. */
  AskResult result ();

  guint64 batch () const { return gst_numpro_ledger_get_batch (ledger ()); }

  /** Requests so far, with that which is under way. */
  guint attempts () const { return attempts_; }

  /** Images in the request that is under way. */
  guint images () const { return gst_numpro_batch_get_n_images (parts_.front ().get ()); }

  /** Whether that request was sent before. */
  bool is_retry () const { return retries_ > 0; }

 private:
  GstNumproLedger *ledger () const { return gst_numpro_batch_get_ledger (batch_.get ()); }
  void split (guint limit);
  std::optional<Seconds> take_completion (const HttpReply &reply);
  std::optional<Seconds> take_refusal (const HttpReply &reply, ModelServer::Clock::time_point now);
  void add_answer (const ChatReply &reply);

  const ModelOptions &options_;
  ModelServer &server_;
  const RetryPolicy policy_;
  const PromptPtr prompt_;
  const BatchPtr batch_;
  std::deque<BatchPtr> parts_;  // that are not answered yet
  bool is_split_ = false;
  int retries_ = 0;  // of the first of them

  std::string requests_;       // for parts that were answered
  std::string request_;        // for the one that is being asked about
  std::string model_, usage_;  // as the server told them; empty when it did not
  guint attempts_ = 0;         // also those that were refused
  Seconds latency_{0};         // of those that were answered
  AskResult result_;
};

}  // namespace numpro
