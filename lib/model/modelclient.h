/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "httpclient.h"
#include "modeloptions.h"
#include "modelserver.h"
#include "question.h"
#include "secrets.h"

namespace numpro {

/**
 * Asks a model about batches. One thread drives all requests; what is known of the server is
 * shared with the other clients in the process that ask it.
 */
class ModelClient
{
 public:
  using Done = Question::Done;
  /** Told of a request that goes out. */
  using RequestLog = std::function<void (const SentRequest &sent)>;

  /** @param log called on the client's thread; may be empty */
  explicit ModelClient (const ModelOptions &options, RequestLog log = {});

  /** Cancels all questions and waits until that is told. Not to be called by a Done. */
  ~ModelClient ();
  ModelClient (const ModelClient &) = delete;
  ModelClient &operator= (const ModelClient &) = delete;

  /**
   * Asks when it is the question's turn: at most max_in_flight are being asked, retries included,
   * in the order in which they came. Called from any thread.
   *
   * @param done called once, on the client's thread; what takes long there holds up other requests
   */
  void ask (GstNumproPrompt *prompt, GstNumproBatch *batch, Done done);

  /** Has all questions that were asked until now end as they are. From any thread. */
  void cancel_all ();

 private:
  using Clock = ModelServer::Clock;
  using Questions = std::list<Question>;

  void run ();
  bool take_orders ();
  Clock::time_point send_due ();
  void take_replies ();

  const ModelOptions options_;
  const RequestLog log_;
  const Secrets secrets_;
  const std::shared_ptr<ModelServer> server_;
  HttpClient http_;
  Questions questions_;  // of the thread; the first max_in_flight are being asked

  // What other threads want.
  std::mutex mutex_;
  Questions asked_, cancelled_;
  bool cancels_ = false, ends_ = false;

  std::thread thread_;
};

}  // namespace numpro
