/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include <list>
#include <memory>
#include <string>

#include "completionjob.h"
#include "exchange.h"
#include "faultplan.h"

namespace reader {

/** The only model there is. */
inline constexpr char kModel[] = "numpro-reader";

struct ServerSettings {
  unsigned port = 0;   /**< 0: any that is free */
  std::string api_key; /**< that clients have to show; empty: none */
  FaultPlan plan;
  bool is_verbose = false; /**< a line on standard output for every request */
};

/** Serves the chat completions API on the loopback interface, in the main context of its thread. */
class Server
{
 public:
  explicit Server (ServerSettings settings);
  ~Server ();
  Server (const Server &) = delete;
  Server &operator= (const Server &) = delete;

  /** Begins to listen. Returns why that cannot be, in a sentence, or nothing. */
  std::string start ();

  /** "http://127.0.0.1:PORT/v1" */
  std::string endpoint () const;

 private:
  /** A request to complete, from when it came until it is answered. */
  struct Task {
    std::unique_ptr<Exchange> exchange;
    std::uint64_t number = 0;
    Fault fault;
    std::size_t images = 0;
    gint64 start = 0;
    bool is_answered = false, is_gone = false;
  };
  using TaskRef = std::list<Task>::iterator;

  static void on_request (SoupServer *server, SoupServerMessage *message, const char *path,
                          GHashTable *query, gpointer self);
  void serve (SoupServerMessage *message, const std::string &path);
  void complete (SoupServerMessage *message);
  void begin (SoupServerMessage *message, CompletionRequest request, const Fault &fault);
  void finish (TaskRef task, const CompletionJob::Outcome &outcome);
  void report (const Task &task, const CompletionJob::Outcome &outcome) const;
  bool is_allowed (SoupServerMessage *message) const;

  ServerSettings settings_;
  GMainContext *context_;
  ObjectPtr<SoupServer> server_;
  std::list<Task> tasks_;
  std::uint64_t requests_ = 0;
  AnalysisPool pool_;  // last: its threads end before the rest does
};

}  // namespace reader
