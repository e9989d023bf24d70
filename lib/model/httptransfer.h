/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "httpreply.h"
#include "modeloptions.h"

namespace numpro {

/** Posts JSON over HTTP, one request after the other. A TransferLoop does the work. */
class HttpTransfer
{
 public:
  /** Largest reply that is read, in bytes. */
  static constexpr std::size_t kMaxReply = 8 << 20;

  explicit HttpTransfer (const HttpOptions &options);

  /** What is to be posted next. */
  void set_body (std::string json);

  /** The reply to it, once the loop is through with it; taken away. */
  std::optional<HttpReply> take_reply () { return std::exchange (ended_, std::nullopt); }

  /** For the loop. */
  CURL *handle () const { return easy_.get (); }

  /** For the loop: the transfer has ended so. */
  void end (CURLcode code);

 private:
  struct Free {
    void operator() (CURL *easy) const { curl_easy_cleanup (easy); }
    void operator() (curl_slist *list) const { curl_slist_free_all (list); }
  };

  void set_up ();
  void add_header (const std::string &line);
  void explain (CURLcode code);
  static std::size_t read_body (char *data, std::size_t, std::size_t size, void *self);

  const HttpOptions options_;
  std::unique_ptr<curl_slist, Free> headers_;
  std::unique_ptr<CURL, Free> easy_;
  std::string body_;
  char error_[CURL_ERROR_SIZE] = "";
  HttpReply reply_;                 // what there is of it
  std::optional<HttpReply> ended_;  // when there is all of it
};

}  // namespace numpro
