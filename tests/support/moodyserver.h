/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <list>
#include <string>
#include <thread>

#include "loopcheck.h"

/**
 * A server in the process of the test, with nothing in it that a thread sanitizer does not see. It
 * answers most requests, refuses some, and hangs up on some.
 */
class MoodyServer
{
 public:
  MoodyServer () : listening_ (socket (AF_INET, SOCK_STREAM, 0))
  {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
    socklen_t size = sizeof (address);
    auto *any = reinterpret_cast<sockaddr *> (&address);
    fail_unless (bind (listening_, any, size) == 0 && listen (listening_, SOMAXCONN) == 0 &&
                 getsockname (listening_, any, &size) == 0);
    port_ = ntohs (address.sin_port);
    acceptor_ = std::thread ([this] { accept_all (); });
  }
  /** To be called when its clients are gone. */
  ~MoodyServer ()
  {
    shutdown (listening_, SHUT_RDWR);
    acceptor_.join ();
    for (std::thread &one : connections_)
      one.join ();
    close (listening_);
  }
  MoodyServer (const MoodyServer &) = delete;
  MoodyServer &operator= (const MoodyServer &) = delete;

  std::string url () const
  {
    return "http://127.0.0.1:" + std::to_string (port_) + "/v1/chat/completions";
  }

 private:
  static constexpr const char *kHeadEnd = "\r\n\r\n";

  void accept_all ()
  {
    for (int connection; (connection = accept (listening_, nullptr, nullptr)) >= 0;)
      connections_.emplace_back ([this, connection] {
        while (read_request (connection) && answer (connection))
          ;
        close (connection);
      });
  }

  // Returns false when the client has gone.
  static bool read_request (int connection)
  {
    std::string text;
    char block[4096];
    for (std::size_t whole = 1; text.size () < whole;) {
      const ssize_t got = recv (connection, block, sizeof (block), 0);
      if (got <= 0)
        return false;
      text.append (block, static_cast<std::size_t> (got));
      const std::size_t head = text.find (kHeadEnd);
      const std::size_t length = text.find ("Content-Length: ");
      whole = head == std::string::npos
                  ? text.size () + 1
                  : head + 4 + std::strtoul (text.c_str () + length + 16, nullptr, 10);
    }
    return true;
  }

  // Returns false when the connection is to be closed.
  bool answer (int connection)
  {
    const unsigned request = requests_++;
    std::this_thread::sleep_for (std::chrono::milliseconds (request % 5));
    if (request % 7 == 3)
      return false;
    const bool refuses = request % 3 == 1;
    const std::string body =
        refuses ? R"({"error":{"message":"busy"}})"
                : R"({"model":"moody","choices":[{"message":{"content":"From 0 to 1."}}]})";
    const std::string text = (refuses ? "HTTP/1.1 503 Busy\r\nContent-Length: "
                                      : "HTTP/1.1 200 OK\r\nContent-Length: ") +
                             std::to_string (body.size ()) + kHeadEnd + body;
    return send (connection, text.data (), text.size (), MSG_NOSIGNAL) > 0;
  }

  int listening_;
  unsigned port_ = 0;
  std::atomic<unsigned> requests_ = 0;
  std::list<std::thread> connections_;
  std::thread acceptor_;
};
