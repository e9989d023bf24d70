/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "exchange.h"

namespace reader {

Exchange::Exchange (SoupServerMessage *message, const Fault &fault, std::function<void ()> ended)
    : fault_ (fault), message_ (SOUP_SERVER_MESSAGE (g_object_ref (message)))
{
  if (delivery_of (fault) == Delivery::kWhole) {
    soup_server_message_pause (message);
    g_signal_connect (message, "finished", G_CALLBACK (on_finished), this);
    return;
  }
  ObjectPtr<GSocket> socket (G_SOCKET (g_object_ref (soup_server_message_get_socket (message))));
  ObjectPtr<GIOStream> stream (soup_server_message_steal_connection (message));
  raw_ =
      std::make_unique<RawConnection> (std::move (stream), std::move (socket), std::move (ended));
}

Exchange::~Exchange ()
{
  g_signal_handlers_disconnect_by_data (message_.get (), this);
}

void Exchange::on_finished (SoupServerMessage *, gpointer self)
{
  static_cast<Exchange *> (self)->is_open_ = false;
}

void Exchange::send (const Reply &reply)
{
  switch (delivery_of (fault_)) {
    case Delivery::kNever:
      break;
    case Delivery::kReset:
      raw_->reset ();
      break;
    case Delivery::kHalf:
      raw_->send_and_close (reply.head () + reply.body.substr (0, reply.body.size () / 2));
      break;
    case Delivery::kDrip:
      raw_->drip (reply.head (), reply.body, static_cast<unsigned> (fault_.argument));
      break;
    case Delivery::kWhole:
      if (!is_open_)
        return;
      reader::send (message_.get (), reply);
      soup_server_message_unpause (message_.get ());
  }
}

void send (SoupServerMessage *message, const Reply &reply)
{
  soup_server_message_set_status (message, reply.status, nullptr);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  for (const auto &[name, value] : reply.headers)
    soup_message_headers_append (headers, name.c_str (), value.c_str ());
  soup_server_message_set_response (message, reply.content_type.c_str (), SOUP_MEMORY_COPY,
                                    reply.body.data (), reply.body.size ());
}

}  // namespace reader
