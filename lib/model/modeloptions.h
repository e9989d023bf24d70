/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <chrono>
#include <string>

namespace numpro {

/** Where requests go, and how. */
struct HttpOptions {
  std::string url;
  std::string bearer; /**< secret; empty = none */
  std::chrono::milliseconds request_timeout{60'000};
  std::chrono::milliseconds connect_timeout{5'000};
  bool ssl_strict = true;
  std::string ssl_ca_file; /**< empty = the system's */
  std::string proxy;       /**< empty = as the environment says */
};

/** How often a request is tried again, and after which time. */
struct RetryOptions {
  int retries = 3;             /**< after the first attempt; -1 = for ever */
  double backoff_factor = 0.5; /**< seconds before the first retry; doubles with every one */
  double backoff_max = 30;     /**< seconds */
};

/** What requests have in common. */
struct ChatOptions {
  std::string model;
  GstNumproImageLabel label = GST_NUMPRO_IMAGE_LABEL_NONE;
  std::string options; /**< JSON object merged into every request; empty = nothing */
};

/** How a model is asked. */
struct ModelOptions {
  HttpOptions http;
  RetryOptions retry;
  ChatOptions chat;
  guint max_in_flight = 1; /**< questions that are being asked at once */
};

}  // namespace numpro
