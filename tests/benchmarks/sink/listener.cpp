/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listener.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace numpro::bench {

Listener::Listener () : socket_ (::socket (AF_INET, SOCK_STREAM, 0))
{
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  socklen_t size = sizeof (address);
  auto *any = reinterpret_cast<sockaddr *> (&address);
  if (bind (socket_, any, size) == 0 && listen (socket_, SOMAXCONN) == 0 &&
      getsockname (socket_, any, &size) == 0)
    port_ = ntohs (address.sin_port);
}

Listener::~Listener ()
{
  close (socket_);
}

std::string Listener::endpoint () const
{
  return "http://127.0.0.1:" + std::to_string (port_) + "/v1";
}

void Listener::shut ()
{
  shutdown (socket_, SHUT_RDWR);
}

}  // namespace numpro::bench
