/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "arrivalserver.h"

#include <utility>

namespace numpro::bench {

namespace {

constexpr std::chrono::seconds kPatience (30);

constexpr const char *kCompletion =
    R"({"choices":[{"message":{"role":"assistant","content":"Not visible."},"finish_reason":"stop"}]})";

}  // namespace

HttpReply ArrivalServer::note (const HttpRequest &request)
{
  {
    std::lock_guard lock (mutex_);
    arrival_ = request;
  }
  came_.notify_all ();
  return {"200 OK", kCompletion};
}

std::optional<HttpRequest> ArrivalServer::wait ()
{
  std::unique_lock lock (mutex_);
  came_.wait_for (lock, kPatience, [&] { return arrival_.has_value (); });
  return std::exchange (arrival_, std::nullopt);
}

}  // namespace numpro::bench
