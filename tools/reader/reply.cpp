/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reply.h"

#include <libsoup/soup.h>

#include "jsonwriter.h"

namespace reader {

namespace {

const char *error_type (unsigned status)
{
  switch (status) {
    case 401:
      return "authentication_error";
    case 403:
      return "permission_error";
    case 429:
      return "rate_limit_error";
    default:
      return status < 500 ? "invalid_request_error" : "server_error";
  }
}

}  // namespace

Reply Reply::error (unsigned status, const std::string &message)
{
  JsonWriter json;
  json.object ([&] {
    json.object ("error", [&] {
      json.value ("message", message);
      json.value ("type", error_type (status));
      json.null ("param");
      json.null ("code");
    });
  });
  return {status, "application/json", {}, json.text ()};
}

std::string Reply::head () const
{
  std::string head = "HTTP/1.1 " + std::to_string (status) + " " + soup_status_get_phrase (status) +
                     "\r\nContent-Type: " + content_type +
                     "\r\nContent-Length: " + std::to_string (body.size ()) +
                     "\r\nConnection: close\r\n";
  for (const auto &[name, value] : headers)
    head += name + ": " + value + "\r\n";
  return head + "\r\n";
}

}  // namespace reader
