/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "httpreply.h"
#include "modeloptions.h"

namespace numpro {

class TransferLoop;

/**
 * What is known of a model at a server, for all clients in the process that ask it with the same
 * key: limits, keys and loads of one model say nothing about another one. It is forgotten with the
 * last of these clients. May be used from any thread.
 */
class ModelServer
{
 public:
  using Clock = std::chrono::steady_clock;

  /** Nothing is known yet. */
  ModelServer ();

  static std::shared_ptr<ModelServer> find (const ModelOptions &options);

  /** Images that a request may have, as far as the server has told. */
  guint image_limit () const;
  void learn_image_limit (guint limit);

  /** What the server said when it refused the key, while it would only say so again. */
  std::optional<std::string> key_refusal (Clock::time_point now) const;
  void refuse_key (const std::string &problem, Clock::time_point now);
  void accept_key ();

  /**
   * Counts in a request, if one may go out now; the server may want a rest, or not be known yet.
   *
   * @return @p now, or when to try again; the loop is woken up where that is earlier
   */
  Clock::time_point begin_request (TransferLoop &loop, Clock::time_point now);

  /**
   * A request is over.
   *
   * @param reply null when it was cancelled
   * @param wait before it is sent again, if it is
   */
  void end_request (const HttpReply *reply, std::optional<Seconds> wait, Clock::time_point now);

  /** The loop ends. */
  void forget (TransferLoop &loop);

 private:
  mutable std::mutex mutex_;
  guint image_limit_ = G_MAXUINT;

  std::string key_refusal_;
  Clock::time_point key_refused_until_;
  int key_refusals_;  // in a row

  bool is_ready_ = false;  // to take several requests at once
  int under_way_ = 0;
  Clock::time_point rests_until_, last_begin_;
  std::set<TransferLoop *> waiting_;
};

}  // namespace numpro
