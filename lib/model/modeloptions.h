/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <chrono>
#include <string>
#include <vector>

#include "requestheaders.h"

namespace numpro {

/** Where requests go, and how. */
struct HttpOptions {
  std::string url;
  std::string bearer;                 /**< secret; empty = none */
  std::vector<RequestHeader> headers; /**< sent with every request besides the usual ones */
  std::chrono::milliseconds request_timeout, connect_timeout;
  bool ssl_strict;
  std::string ssl_ca_file; /**< empty = the system's */
  std::string proxy;       /**< empty = as the environment says */
};

/** How often a request is tried again, and after which time. */
struct RetryOptions {
  int retries;           /**< after the first attempt; -1 = for ever */
  double backoff_factor; /**< seconds before the first retry; doubles with every one */
  double backoff_max;    /**< seconds */
};

/** What requests have in common. */
struct ChatOptions {
  std::string model;
  GstNumproImageLabel label;
  std::string options; /**< JSON object merged into every request; empty = nothing */
  bool restate;        /**< whether it is asked back what an answer means that is not read */
};

/** How a model is asked. */
struct ModelOptions {
  HttpOptions http;
  RetryOptions retry;
  ChatOptions chat;
  guint max_in_flight; /**< questions that are being asked at once */
};

}  // namespace numpro
