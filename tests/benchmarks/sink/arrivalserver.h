/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "listener.h"
#include "tests/benchmarks/cputime.h"

namespace numpro::bench {

/** When a request came in, by wall_time(). */
struct Arrival {
  Microseconds first_byte{}; /**< of the body */
  Microseconds last_byte{};
  std::size_t bytes = 0; /**< of the body */
};

/** A model server that looks at nothing: it notes when requests come in, and answers at once. */
class ArrivalServer
{
 public:
  ArrivalServer ();
  ~ArrivalServer ();
  ArrivalServer (const ArrivalServer &) = delete;
  ArrivalServer &operator= (const ArrivalServer &) = delete;

  /** Whether it listens. */
  explicit operator bool () const { return static_cast<bool> (listener_); }

  /** For numprosink's property. */
  std::string endpoint () const { return listener_.endpoint (); }

  /** The next request. @return nothing when none comes for long */
  std::optional<Arrival> wait ();

 private:
  void serve ();
  void serve_connection (int connection);
  void note (const Arrival &arrival);

  Listener listener_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::optional<Arrival> arrival_;
  std::thread thread_;
};

}  // namespace numpro::bench
