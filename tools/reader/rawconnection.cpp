/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rawconnection.h"

#include <sys/socket.h>

namespace reader {

namespace {

void attach (GSource *source)
{
  g_source_attach (source, g_main_context_get_thread_default ());
}

}  // namespace

RawConnection::RawConnection (ObjectPtr<GIOStream> stream, ObjectPtr<GSocket> socket,
                              std::function<void ()> ended)
    : stream_ (std::move (stream)),
      socket_ (std::move (socket)),
      ended_ (std::move (ended)),
      readable_ (g_socket_create_source (socket_.get (), G_IO_IN, nullptr))
{
  // Also told when the client closes.
  g_source_set_callback (readable_.get (), G_SOURCE_FUNC (on_readable), this, nullptr);
  attach (readable_.get ());
}

RawConnection::~RawConnection ()
{
  g_socket_close (socket_.get (), nullptr);
}

void RawConnection::send_and_close (const std::string &bytes)
{
  send (bytes.data (), bytes.size ());
  end ();
}

void RawConnection::drip (const std::string &head, const std::string &body, unsigned interval)
{
  if (!send (head.data (), head.size ()))
    return end ();
  body_ = body;
  tick_.reset (g_timeout_source_new (interval));
  g_source_set_callback (tick_.get (), on_tick, this, nullptr);
  attach (tick_.get ());
}

void RawConnection::reset ()
{
  // What is not sent is thrown away when the socket is closed, and the client is told so.
  const struct linger at_once = {1, 0};
  setsockopt (g_socket_get_fd (socket_.get ()), SOL_SOCKET, SO_LINGER, &at_once, sizeof (at_once));
  end ();
}

gboolean RawConnection::on_readable (GSocket *socket, GIOCondition, gpointer self)
{
  char ignored[4096];
  if (g_socket_receive (socket, ignored, sizeof (ignored), nullptr, nullptr) > 0)
    return G_SOURCE_CONTINUE;
  static_cast<RawConnection *> (self)->end ();
  return G_SOURCE_REMOVE;
}

gboolean RawConnection::on_tick (gpointer data)
{
  auto *self = static_cast<RawConnection *> (data);
  if (self->send (self->body_.data () + self->dripped_, 1) &&
      ++self->dripped_ < self->body_.size ())
    return G_SOURCE_CONTINUE;
  self->end ();
  return G_SOURCE_REMOVE;
}

bool RawConnection::send (const char *bytes, std::size_t size)
{
  while (size > 0) {
    const gssize sent =
        g_socket_send_with_blocking (socket_.get (), bytes, size, TRUE, nullptr, nullptr);
    if (sent <= 0)
      return false;
    bytes += sent;
    size -= static_cast<std::size_t> (sent);
  }
  return true;
}

// The owner deletes this when it is told, which must not be while a method runs.
void RawConnection::end ()
{
  g_socket_close (socket_.get (), nullptr);
  readable_.reset ();
  tick_.reset ();
  if (ending_)
    return;
  ending_.reset (g_idle_source_new ());
  const auto call = [] (gpointer self) -> gboolean {
    static_cast<RawConnection *> (self)->ended_ ();
    return G_SOURCE_REMOVE;
  };
  g_source_set_callback (ending_.get (), call, this, nullptr);
  attach (ending_.get ());
}

}  // namespace reader
