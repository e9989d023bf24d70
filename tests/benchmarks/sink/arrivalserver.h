/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

#include "tests/support/httpserver.h"

namespace numpro::bench {

/** A model server that looks at nothing: it notes when requests come in, and answers at once. */
class ArrivalServer
{
 public:
  /** Whether it listens. */
  explicit operator bool () const { return static_cast<bool> (server_); }

  /** For numprosink's property. */
  std::string endpoint () const { return server_.endpoint (); }

  /** The next request. @return nothing when none comes for long */
  std::optional<HttpRequest> wait ();

 private:
  HttpReply note (const HttpRequest &request);

  std::mutex mutex_;
  std::condition_variable came_;
  std::optional<HttpRequest> arrival_;
  HttpServer server_{[this] (const HttpRequest &request) { return note (request); }};
};

}  // namespace numpro::bench
