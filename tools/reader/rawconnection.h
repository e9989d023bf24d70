/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <string>

#include "owned.h"

namespace reader {

/**
 * A client's connection taken from the server, to do on it what no server should. Ends when the
 * client closes it, or when what was to be done is done, and then calls @ended, once, from the main
 * context of the thread that made it.
 */
class RawConnection
{
 public:
  RawConnection (ObjectPtr<GIOStream> stream, ObjectPtr<GSocket> socket,
                 std::function<void ()> ended);
  ~RawConnection ();
  RawConnection (const RawConnection &) = delete;
  RawConnection &operator= (const RawConnection &) = delete;

  /** Sends these bytes and closes. */
  void send_and_close (const std::string &bytes);

  /** Sends @head, then a byte of @body every @interval milliseconds, and closes. */
  void drip (const std::string &head, const std::string &body, unsigned interval);

  /** Closes with a RST. */
  void reset ();

 private:
  static gboolean on_readable (GSocket *socket, GIOCondition condition, gpointer self);
  static gboolean on_tick (gpointer self);
  bool send (const char *bytes, std::size_t size);
  void end ();

  ObjectPtr<GIOStream> stream_;
  ObjectPtr<GSocket> socket_;
  std::function<void ()> ended_;
  std::string body_;
  std::size_t dripped_ = 0;
  SourcePtr readable_, tick_, ending_;
};

}  // namespace reader
