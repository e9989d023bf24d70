/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <thread>

#include "loopcheck.h"

/**
 * A server in the process of the test, with nothing in it that a thread sanitizer does not see.
 * Each connection has a thread.
 */
class LocalServer
{
 public:
  /**
   * Given a request with its head: what is sent back; "" for nothing, so that the client waits;
   * none to hang up.
   */
  using Handler = std::function<std::optional<std::string> (const std::string &request)>;

  explicit LocalServer (Handler handler)
      : handler_ (std::move (handler)), listening_ (socket (AF_INET, SOCK_STREAM, 0))
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
  ~LocalServer ()
  {
    shutdown (listening_, SHUT_RDWR);
    acceptor_.join ();
    for (std::thread &one : connections_)
      one.join ();
    close (listening_);
  }
  LocalServer (const LocalServer &) = delete;
  LocalServer &operator= (const LocalServer &) = delete;

  std::string url () const
  {
    return "http://127.0.0.1:" + std::to_string (port_) + "/v1/chat/completions";
  }

  /** @param headers whole lines */
  static std::string reply (int status, const std::string &body, const std::string &headers = "")
  {
    return "HTTP/1.1 " + std::to_string (status) + " Status\r\n" + headers +
           "Content-Length: " + std::to_string (body.size ()) + kHeadEnd + body;
  }

  static std::string completion (const std::string &text)
  {
    return reply (200,
                  R"({"model":"local","choices":[{"message":{"content":")" + text + R"("}}]})");
  }

  static std::string error (int status, const std::string &message, const std::string &headers = "")
  {
    return reply (status, R"({"error":{"message":")" + message + R"("}})", headers);
  }

 private:
  static constexpr const char *kHeadEnd = "\r\n\r\n";

  void accept_all ()
  {
    for (int connection; (connection = accept (listening_, nullptr, nullptr)) >= 0;)
      connections_.emplace_back ([this, connection] {
        while (answer (connection))
          ;
        close (connection);
      });
  }

  // Returns none when the client has gone.
  static std::optional<std::string> read_request (int connection)
  {
    std::string text;
    char block[4096];
    for (std::size_t whole = 1; text.size () < whole;) {
      const ssize_t got = recv (connection, block, sizeof (block), 0);
      if (got <= 0)
        return std::nullopt;
      text.append (block, static_cast<std::size_t> (got));
      const std::size_t head = text.find (kHeadEnd);
      const std::size_t length = text.find ("Content-Length: ");
      whole = head == std::string::npos
                  ? text.size () + 1
                  : head + 4 + std::strtoul (text.c_str () + length + 16, nullptr, 10);
    }
    return text;
  }

  // Returns whether the connection goes on.
  bool answer (int connection)
  {
    const std::optional<std::string> request = read_request (connection);
    const std::optional<std::string> text = request ? handler_ (*request) : std::nullopt;
    return text && send (connection, text->data (), text->size (), MSG_NOSIGNAL) ==
                       static_cast<ssize_t> (text->size ());
  }

  const Handler handler_;
  const int listening_;
  unsigned port_ = 0;
  std::list<std::thread> connections_;
  std::thread acceptor_;
};
