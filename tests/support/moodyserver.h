/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "httpserver.h"

/** A server that answers most requests, refuses some, and hangs up on some. */
class MoodyServer
{
 public:
  std::string url () const { return server_.endpoint () + "/chat/completions"; }

 private:
  std::optional<HttpReply> answer ()
  {
    const unsigned request = requests_++;
    std::this_thread::sleep_for (std::chrono::milliseconds (request % 5));
    if (request % 7 == 3)
      return std::nullopt;
    if (request % 11 == 5)
      return HttpReply{"400 Bad Request", R"({"error":{"message":"no"}})"};
    if (request % 3 == 1)
      return HttpReply{"503 Busy", R"({"error":{"message":"busy"}})"};
    return HttpReply{"200 OK",
                     R"({"model":"moody","choices":[{"message":{"content":"From 0 to 1."}}]})"};
  }

  std::atomic<unsigned> requests_ = 0;
  HttpServer server_{[this] (const HttpRequest &) { return answer (); }};
};
