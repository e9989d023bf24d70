/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace numpro {

/** Where requests go, and how. */
struct HttpRule {
  std::string url;
  std::string bearer; /**< secret; empty = none */
  std::chrono::milliseconds request_timeout{60'000};
  std::chrono::milliseconds connect_timeout{5'000};
  bool ssl_strict = true;
  std::string ssl_ca_file; /**< empty = the system's */
  std::string proxy;       /**< empty = as the environment says */
};

/** What became of a request. */
struct HttpReply {
  enum class Outcome {
    kReply,       /**< the server answered, with any status */
    kUnreachable, /**< no connection, or it broke */
    kTimeout,     /**< not answered in time */
    kUntrusted,   /**< TLS: not the server that it should be */
    kTooLarge,    /**< more than kMaxReply bytes */
    kCancelled,
    kImpossible, /**< the request could not be made at all */
  };

  Outcome outcome = Outcome::kCancelled;
  long status = 0;
  std::string body;
  std::string retry_after;    /**< header, empty when there is none */
  std::string retry_after_ms; /**< likewise */
  std::string should_retry;   /**< x-should-retry, likewise */
  std::string problem;        /**< what went wrong, in words; empty for kReply */
  std::string cure;           /**< what the user may do about it, in words; empty = not known */
};

/** Posts JSON over HTTP, one request at a time, over a connection that is kept. */
class HttpClient
{
 public:
  /** Largest reply that is read, in bytes. */
  static constexpr std::size_t kMaxReply = 8 << 20;

  explicit HttpClient (HttpRule rule);
  ~HttpClient ();
  HttpClient (const HttpClient &) = delete;
  HttpClient &operator= (const HttpClient &) = delete;

  /** Posts and waits for the reply. */
  HttpReply post (const std::string &json);

  /** Lets post() return at once, now and from now on, or no more. Called from any thread. */
  void set_cancelled (bool cancelled);

 private:
  struct Curl;

  HttpRule rule_;
  std::atomic<bool> cancelled_ = false;
  std::unique_ptr<Curl> curl_;
};

/**
 * The address of chat completions below a base URL.
 *
 * @param base such as "http://localhost:8000/v1"; a trailing slash is tolerated
 * @param problem says what is wrong with it
 * @return empty when something is
 */
std::string completions_url (const std::string &base, std::string &problem);

/** What is wrong with the address of a proxy; empty when nothing is. */
std::string proxy_problem (const std::string &proxy);

/** The URL as it may be shown, whatever the user wrote: without user and password. */
std::string without_credentials (const std::string &url);

}  // namespace numpro
