/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <unistd.h>

#include <string>
#include <vector>

#include "listener.h"

/** An address where no connection comes to be: what is sent there gets lost. */
class FullSocket
{
 public:
  FullSocket ()
  {
    const sockaddr_in there = listener_.address ();
    // The queue takes one more than it is said to.
    for (int i = 0; i < 4; ++i) {
      fillers_.push_back (socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
      static_cast<void> (
          connect (fillers_.back (), reinterpret_cast<const sockaddr *> (&there), sizeof (there)));
    }
  }
  ~FullSocket ()
  {
    for (int filler : fillers_)
      close (filler);
  }
  FullSocket (const FullSocket &) = delete;
  FullSocket &operator= (const FullSocket &) = delete;

  std::string endpoint () const { return listener_.endpoint (); }

 private:
  Listener listener_{0};
  std::vector<int> fillers_;
};
