/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "plugin/sink/batching/fate.h"
#include "lib/base/owned.h"
#include "chatrequest.h"
#include "httpclient.h"
#include "retrypolicy.h"

namespace numpro {

/** How a model is asked. */
struct AskRule {
  HttpRule http;
  RetryRule retry;
  ChatRule chat;
};

/** Asks a model one question at a time, until there is an answer or no hope for one. */
class Asker
{
 public:
  struct Result {
    AnswerPtr answer;    /**< null when there is none */
    std::string request; /**< the body, images by their names; a JSON array where it was split */
    std::string reason;  /**< a word for why there is none: "network", "timeout", "tls", "http",
                              "unauthorized", "reply", "flush" */
    std::string problem; /**< the same in a sentence */
  };

  Asker (const AskRule &rule, std::shared_ptr<Fate> fate);

  Result ask (GstNumproPrompt *prompt, GstNumproBatch *batch);

  /** Lets ask() return at once, now and from now on, or no more. Called from any thread. */
  void set_cancelled (bool cancelled);
  bool is_cancelled () const;

 private:
  struct Exchange {
    HttpReply reply;
    guint attempts = 0;
    double latency = 0;         // of the last attempt, in seconds
    std::string overlong_wait;  // that the server asks for, in words; empty when it does not
  };

  // What all requests of a question have come to so far.
  struct Delivery {
    std::string model, usage;  // as the server told them; empty when it did not
    guint attempts = 0;        // also those that were refused
    double latency = 0;        // of those that were answered, in seconds
  };

  Result ask_about (GstNumproPrompt *prompt, GstNumproBatch *batch, Delivery &delivery);
  Result ask_whole (GstNumproPrompt *prompt, GstNumproBatch *batch, Delivery &delivery);
  Result ask_in_parts (GstNumproPrompt *prompt, GstNumproBatch *batch, Delivery &delivery);
  Exchange exchange (const std::string &body);
  bool wait (RetryPolicy::Seconds time);

  AskRule rule_;
  std::shared_ptr<Fate> fate_;
  HttpClient client_;
  RetryPolicy policy_;
  std::minstd_rand random_{std::random_device{}()};
  guint image_limit_ = G_MAXUINT;  // images per request that the server takes, as it has told

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool cancelled_ = false;
};

}  // namespace numpro
