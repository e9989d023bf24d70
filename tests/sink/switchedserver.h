/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "tests/support/httpserver.h"

/** A server that can be switched off, is slow, or cannot take what is large. */
class SwitchedServer
{
 public:
  std::string endpoint () const { return server_.endpoint (); }
  void switch_to (std::optional<HttpReply> reply)
  {
    std::lock_guard lock (mutex_);
    reply_ = std::move (reply);
  }
  void fail_at_bodies_of (std::size_t bytes) { limit_ = bytes; }
  void answer_after (std::chrono::milliseconds delay) { delay_ = delay; }
  void go () { switch_to (std::nullopt); }
  void come_back () { switch_to (answered ()); }

 private:
  static HttpReply answered ()
  {
    return {
        "200 OK",
        R"({"model":"m","choices":[{"message":{"content":"Not visible."},"finish_reason":"stop"}]})"};
  }

  std::optional<HttpReply> answer (const HttpRequest &request)
  {
    // What it fails at takes long enough for others to be answered meanwhile.
    std::this_thread::sleep_for (request.body_size < limit_ ? delay_.load ()
                                                            : std::chrono::milliseconds (250));
    std::lock_guard lock (mutex_);
    return request.body_size < limit_ ? reply_ : HttpReply{"500 Internal Server Error", "{}"};
  }

  std::mutex mutex_;
  std::optional<HttpReply> reply_ = answered ();
  std::atomic<std::size_t> limit_ = G_MAXSIZE;
  std::atomic<std::chrono::milliseconds> delay_{};
  HttpServer server_{[this] (const HttpRequest &request) { return answer (request); }};
};
