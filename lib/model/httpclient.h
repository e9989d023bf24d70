/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>

#include "gst/numpro/owned.h"
#include "httpreply.h"
#include "modeloptions.h"

namespace numpro {

/** JSON that a HttpClient posts; deleting it ends the request at once. */
class HttpRequest
{
 public:
  /** @param multi, options, headers outlive the request */
  HttpRequest (CURLM *multi, const HttpOptions &options, curl_slist *headers, std::string json);
  ~HttpRequest ();
  HttpRequest (const HttpRequest &) = delete;
  HttpRequest &operator= (const HttpRequest &) = delete;

  /** Null until it is there. */
  const HttpReply *reply () const { return has_ended_ ? &reply_ : nullptr; }

  /** For the client: this is how it ended. */
  void end (CURLcode code);

 private:
  void explain (CURLcode code);
  static std::size_t read_body (char *data, std::size_t, std::size_t size, void *self);

  CURLM *const multi_;
  const HttpOptions &options_;
  const std::string body_;
  char error_[CURL_ERROR_SIZE] = "";
  HttpReply reply_;
  bool has_ended_ = false;
  OwnedBy<CURL, curl_easy_cleanup> easy_;
};

/**
 * Posts JSON over HTTP: any number of requests at once, from one thread, over connections that it
 * keeps. All but wake() is for that thread.
 */
class HttpClient
{
 public:
  explicit HttpClient (const HttpOptions &options);

  /** Begins a request, which must not outlive the client. */
  std::unique_ptr<HttpRequest> post (std::string json);

  /** Works until some request has a reply, wake() was called, or it is that late. */
  void wait (std::chrono::steady_clock::time_point until);

  /** Ends wait(), or the next one. Called from any thread. */
  void wake ();

 private:
  bool work ();

  const HttpOptions options_;
  OwnedBy<curl_slist, curl_slist_free_all> headers_;
  OwnedBy<CURLM, curl_multi_cleanup> multi_;
};

}  // namespace numpro
