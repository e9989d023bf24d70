/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <chrono>

#include "localserver.h"

/** Answers most requests, refuses some, and hangs up on some. */
class MoodyServer
{
 public:
  MoodyServer () : server_ ([this] (const std::string &) { return answer (); }) {}

  std::string url () const { return server_.url (); }

 private:
  std::optional<std::string> answer ()
  {
    const unsigned request = requests_++;
    std::this_thread::sleep_for (std::chrono::milliseconds (request % 5));
    if (request % 7 == 3)
      return std::nullopt;
    return request % 3 == 1 ? LocalServer::error (503, "busy")
                            : LocalServer::completion ("From 0 to 1.");
  }

  std::atomic<unsigned> requests_ = 0;
  LocalServer server_;
};
