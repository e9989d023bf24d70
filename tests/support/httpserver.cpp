/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "httpserver.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t kBlock = 256 * 1024;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::size_t body_size (std::string head)
{
  std::ranges::transform (head, head.begin (), [] (unsigned char c) { return std::tolower (c); });
  const std::string_view name = "content-length:";
  const std::size_t at = head.find (name);
  return at == std::string::npos ? 0
                                 : std::strtoull (head.c_str () + at + name.size (), nullptr, 10);
}

// Nothing when the client has gone.
std::optional<HttpRequest> read_request (int connection)
{
  std::vector<char> block (kBlock);
  HttpRequest request;
  std::size_t expected = 0;
  for (bool has_head = false; !has_head || request.body_size < expected;) {
    const ssize_t got = recv (connection, block.data (), block.size (), 0);
    if (got <= 0)
      return std::nullopt;
    request.last_byte = std::chrono::steady_clock::now ();
    auto fresh = static_cast<std::size_t> (got);
    if (!has_head) {
      request.head.append (block.data (), fresh);
      const std::size_t end = request.head.find (kHeadEnd);
      if (end == std::string::npos)
        continue;
      has_head = true;
      fresh = request.head.size () - end - kHeadEnd.size ();
      request.head.resize (end + kHeadEnd.size ());
      expected = body_size (request.head);
    }
    if (request.body_size == 0 && fresh > 0)
      request.first_byte = request.last_byte;
    request.body_size += fresh;
  }
  return request;
}

}  // namespace

HttpServer::HttpServer (Answer answer) : answer_ (std::move (answer))
{
  if (listener_)
    acceptor_ = std::thread ([this] { accept_all (); });
}

HttpServer::~HttpServer ()
{
  listener_.shut ();
  if (acceptor_.joinable ())
    acceptor_.join ();
  for (std::thread &one : connections_)
    one.join ();
}

void HttpServer::accept_all ()
{
  for (int connection; (connection = accept (listener_.socket (), nullptr, nullptr)) >= 0;)
    connections_.emplace_back ([this, connection] {
      serve (connection);
      close (connection);
    });
}

void HttpServer::serve (int connection) const
{
  while (const std::optional<HttpRequest> request = read_request (connection)) {
    const std::optional<HttpReply> reply = answer_ (*request);
    if (!reply)
      return;
    const std::string text =
        "HTTP/1.1 " + reply->status + "\r\nContent-Type: application/json\r\nContent-Length: " +
        std::to_string (reply->body.size ()) + std::string (kHeadEnd) + reply->body;
    if (send (connection, text.data (), text.size (), MSG_NOSIGNAL) < 0)
      return;
  }
}
