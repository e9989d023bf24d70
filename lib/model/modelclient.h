/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "askresult.h"
#include "modeloptions.h"
#include "modelserver.h"
#include "transferloop.h"

namespace numpro {

/**
 * Asks a model about batches. One thread drives all requests; what is known of the server is
 * shared with the other clients in the process that ask it.
 */
class ModelClient
{
 public:
  using Id = std::uint64_t;
  using Done = std::function<void (AskResult)>;
  /** Told of a request that goes out: how many bytes its body has, whether it was sent before. */
  using RequestLog = std::function<void (std::size_t bytes, bool is_retry)>;

  /** @param log called on the client's thread; may be empty */
  explicit ModelClient (ModelOptions options, RequestLog log = {});

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
  Id ask (GstNumproPrompt *prompt, GstNumproBatch *batch, Done done);

  /** Has a question end as it is, if it has not ended. Its Done follows at once. From any thread.
   */
  void cancel (Id id);

  /** The same for all that were asked until now. */
  void cancel_all ();

 private:
  using Clock = ModelServer::Clock;

  struct Asked;
  using AskedList = std::list<Asked>;

  // What other threads want.
  struct Orders {
    AskedList asked;
    std::set<Id> cancelled;
    Id cancelled_below = 0;
    bool ends = false;
  };

  void run ();
  bool take_orders ();
  void start_waiting ();
  Clock::time_point send_due ();
  Clock::time_point send (Asked &asked);
  void take_replies ();
  bool take_reply (Asked &asked, const HttpReply &reply);
  void cancel (AskedList &from, const Orders &orders);
  void finish (AskedList &from, AskedList::iterator asked);

  const ModelOptions options_;
  const RequestLog log_;
  const std::shared_ptr<ModelServer> server_;
  TransferLoop loop_;

  // The thread's.
  std::vector<std::unique_ptr<HttpTransfer>> idle_;  // to be used again
  AskedList waiting_, active_;
  std::minstd_rand random_{std::random_device{}()};

  std::mutex mutex_;
  Orders orders_;
  Id next_id_ = 0;

  std::thread thread_;
};

}  // namespace numpro
