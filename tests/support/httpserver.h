/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <thread>

#include "listeningsocket.h"

/** A request that came in whole. */
struct HttpRequest {
  std::string head;          /**< with the empty line that ends it */
  std::size_t body_size = 0; /**< the body itself is not kept */
  std::chrono::steady_clock::time_point first_byte, last_byte; /**< of the body */
};

struct HttpReply {
  std::string status; /**< "200 OK" */
  std::string body;   /**< JSON */
};

/**
 * Answers requests, each connection in a thread of its own; with nothing in it that a thread
 * sanitizer does not see.
 */
class HttpServer
{
 public:
  /** Called from several threads at once. Without a reply the connection is closed. */
  using Answer = std::function<std::optional<HttpReply> (const HttpRequest &)>;

  explicit HttpServer (Answer answer);
  /** To be called when its clients are gone. */
  ~HttpServer ();
  HttpServer (const HttpServer &) = delete;
  HttpServer &operator= (const HttpServer &) = delete;

  /** Whether it listens. */
  explicit operator bool () const { return static_cast<bool> (listener_); }

  /** For numprosink's property. */
  std::string endpoint () const { return listener_.endpoint (); }

 private:
  void accept_all ();
  void serve (int connection) const;

  ListeningSocket listener_;
  Answer answer_;
  std::list<std::thread> connections_;
  std::thread acceptor_;
};
