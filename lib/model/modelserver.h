/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adaptation.h"
#include "httpreply.h"
#include "modeloptions.h"

namespace numpro {

/**
 * What is known of a model at a server, for all clients in the process that ask it with the same
 * key and headers: limits, keys and loads of one model say nothing about another one, and headers
 * may choose another account or deployment. It is forgotten with the last of these clients. May be
 * used from any thread.
 */
class ModelServer
{
 public:
  using Clock = std::chrono::steady_clock;

  static std::shared_ptr<ModelServer> find (const ModelOptions &options);

  /** Images that a request may have, as far as the server has told or it was found out. */
  guint image_limit () const;
  void learn_image_limit (guint limit);

  /** The strictest form of answers that the server has not refused. */
  ResponseFormat format () const;
  void learn_format (ResponseFormat format);

  /**
   * What is asked otherwise because of these two, each told once for all who ask.
   *
   * @param images, parts of a batch that was asked about in parts; 0 where it was not
   */
  std::vector<Adaptation> take_news (guint images, guint parts);

  /** What the server said when it refused the key, while it would only say so again. */
  std::optional<std::string> key_refusal (Clock::time_point now) const;
  void refuse_key (const std::string &problem, Clock::time_point now);
  void accept_key ();

  /** Lets a request go out, if one may now. @return @p now, or when to try again */
  Clock::time_point begin_request (Clock::time_point now);

  /**
   * A request is over.
   *
   * @param reply as made where it was cancelled
   * @param wait before the question's next request
   * @param adapts whether that one is made otherwise, because of the reply
   */
  void end_request (const HttpReply &reply, Seconds wait, bool adapts, Clock::time_point now);

 private:
  // A key that worked may be refused now and then by one of many machines behind a name.
  static constexpr int kRefusalsOfGoodKey = 3;

  mutable std::mutex mutex_;
  guint image_limit_ = G_MAXUINT, told_image_limit_ = G_MAXUINT;
  ResponseFormat format_ = ResponseFormat::kLists, told_format_ = ResponseFormat::kLists;

  std::string key_refusal_;
  Clock::time_point key_refused_until_;
  int key_refusals_ = kRefusalsOfGoodKey - 1;  // in a row

  bool is_ready_ = false;  // to take several requests at once
  Clock::time_point rests_until_, head_start_until_;
};

}  // namespace numpro
