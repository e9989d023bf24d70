/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

namespace numpro::bench {

/** A port on loopback. While nobody accepts what comes in it is a server that never answers. */
class Listener
{
 public:
  Listener ();
  ~Listener ();
  Listener (const Listener &) = delete;
  Listener &operator= (const Listener &) = delete;

  /** Whether it listens. */
  explicit operator bool () const { return port_ != 0; }

  /** For numprosink's property. */
  std::string endpoint () const;

  /** The socket, for accept(). */
  int socket () const { return socket_; }

  /** Has accept() return, for good. */
  void shut ();

 private:
  int socket_ = -1;
  unsigned port_ = 0;
};

}  // namespace numpro::bench
