/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "arrivalserver.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "clocks.h"

namespace numpro::bench {

namespace {

constexpr std::chrono::seconds kPatience (30);
constexpr std::size_t kBlock = 256 * 1024;

constexpr const char *kHeadEnd = "\r\n\r\n";
constexpr const char *kCompletion =
    R"({"choices":[{"message":{"role":"assistant","content":"Not visible."},"finish_reason":"stop"}]})";

std::string reply ()
{
  const std::string body = kCompletion;
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string (body.size ()) + kHeadEnd + body;
}

std::size_t body_size (std::string head)
{
  std::ranges::transform (head, head.begin (), [] (unsigned char c) { return std::tolower (c); });
  const std::string name = "content-length:";
  const std::size_t at = head.find (name);
  return at == std::string::npos ? 0
                                 : std::strtoull (head.c_str () + at + name.size (), nullptr, 10);
}

// Nothing when the client has gone.
std::optional<Arrival> read_request (int connection)
{
  std::vector<char> block (kBlock);
  std::string head;
  Arrival arrival;
  std::size_t expected = 0;
  while (expected == 0 || arrival.bytes < expected) {
    const ssize_t got = recv (connection, block.data (), block.size (), 0);
    if (got <= 0)
      return std::nullopt;
    arrival.last_byte = wall_time ();
    auto fresh = static_cast<std::size_t> (got);
    if (expected == 0) {
      head.append (block.data (), fresh);
      const std::size_t end = head.find (kHeadEnd);
      if (end == std::string::npos)
        continue;
      expected = body_size (head.substr (0, end));
      fresh = head.size () - end - std::string_view (kHeadEnd).size ();
    }
    if (arrival.bytes == 0 && fresh > 0)
      arrival.first_byte = arrival.last_byte;
    arrival.bytes += fresh;
  }
  return arrival;
}

}  // namespace

ArrivalServer::ArrivalServer ()
{
  if (listener_)
    thread_ = std::thread ([this] { serve (); });
}

ArrivalServer::~ArrivalServer ()
{
  listener_.shut ();
  if (thread_.joinable ())
    thread_.join ();
}

void ArrivalServer::serve ()
{
  for (int connection; (connection = accept (listener_.socket (), nullptr, nullptr)) >= 0;) {
    serve_connection (connection);
    close (connection);
  }
}

void ArrivalServer::serve_connection (int connection)
{
  const std::string text = reply ();
  while (const std::optional<Arrival> arrival = read_request (connection)) {
    if (send (connection, text.data (), text.size (), MSG_NOSIGNAL) < 0)
      return;
    note (*arrival);
  }
}

void ArrivalServer::note (const Arrival &arrival)
{
  {
    std::lock_guard lock (mutex_);
    arrival_ = arrival;
  }
  came_.notify_all ();
}

std::optional<Arrival> ArrivalServer::wait ()
{
  std::unique_lock lock (mutex_);
  came_.wait_for (lock, kPatience, [&] { return arrival_.has_value (); });
  return std::exchange (arrival_, std::nullopt);
}

}  // namespace numpro::bench
