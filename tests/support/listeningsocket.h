/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <string>

/** A port on loopback. While nobody accepts what comes in it is a server that never answers. */
class ListeningSocket
{
 public:
  /**
   * @param waiting how many may wait to be accepted
   * @param flags of its socket, such as SOCK_NONBLOCK
   */
  explicit ListeningSocket (int waiting = SOMAXCONN, int flags = 0);
  ~ListeningSocket ();
  ListeningSocket (const ListeningSocket &) = delete;
  ListeningSocket &operator= (const ListeningSocket &) = delete;

  /** Whether it listens. */
  explicit operator bool () const { return address_.sin_port != 0; }

  /** For numprosink's property. */
  std::string endpoint () const;

  /** The socket, for accept(). */
  int socket () const { return socket_; }
  const sockaddr_in &address () const { return address_; }

  /** Has accept() return, for good. */
  void shut ();

 private:
  int socket_;
  sockaddr_in address_{};
};
