/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reply.h"

#include <libsoup/soup.h>

#include "json.h"

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
  const Json error = {
      {"message", message}, {"type", error_type (status)}, {"param", nullptr}, {"code", nullptr}};
  return {status, "application/json", {}, dump_json_line ({{"error", error}})};
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
