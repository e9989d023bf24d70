/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listeningsocket.h"

#include <arpa/inet.h>
#include <unistd.h>

ListeningSocket::ListeningSocket (int waiting, int flags)
    : socket_ (::socket (AF_INET, SOCK_STREAM | flags, 0))
{
  address_.sin_family = AF_INET;
  address_.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  socklen_t size = sizeof (address_);
  auto *any = reinterpret_cast<sockaddr *> (&address_);
  if (bind (socket_, any, size) != 0 || listen (socket_, waiting) != 0 ||
      getsockname (socket_, any, &size) != 0)
    address_.sin_port = 0;
}

ListeningSocket::~ListeningSocket ()
{
  close (socket_);
}

std::string ListeningSocket::endpoint () const
{
  return "http://127.0.0.1:" + std::to_string (ntohs (address_.sin_port)) + "/v1";
}

void ListeningSocket::shut ()
{
  shutdown (socket_, SHUT_RDWR);
}
