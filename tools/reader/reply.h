/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace reader {

/** What is sent back. */
struct Reply {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers; /**< besides those of the content */
  std::string body;

  /** An error as OpenAI words it. */
  static Reply error (unsigned status, const std::string &message);

  /** The last HTTP/1.1 response on a connection, as it goes over the wire, up to its body. */
  std::string head () const;
};

}  // namespace reader
