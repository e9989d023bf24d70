/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "loopcheck.h"

/** An address where no connection comes to be: what is sent there gets lost. */
class FullSocket
{
 public:
  FullSocket () : listening_ (socket (AF_INET, SOCK_STREAM, 0))
  {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
    socklen_t size = sizeof (address_);
    fail_unless (bind (listening_, as_address (), size) == 0 && listen (listening_, 0) == 0 &&
                 getsockname (listening_, as_address (), &size) == 0);
    // The queue takes one more than it is said to.
    for (int i = 0; i < 4; ++i) {
      fillers_.push_back (socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
      static_cast<void> (connect (fillers_.back (), as_address (), size));
    }
  }
  ~FullSocket ()
  {
    close (listening_);
    for (int filler : fillers_)
      close (filler);
  }
  FullSocket (const FullSocket &) = delete;
  FullSocket &operator= (const FullSocket &) = delete;

  std::string endpoint () const
  {
    return "http://127.0.0.1:" + std::to_string (ntohs (address_.sin_port)) + "/v1";
  }

 private:
  sockaddr *as_address () { return reinterpret_cast<sockaddr *> (&address_); }

  int listening_;
  sockaddr_in address_{};
  std::vector<int> fillers_;
};
