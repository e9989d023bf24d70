/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "analysiscache.h"

namespace reader {

/** Threads that look at images. */
class AnalysisPool
{
 public:
  using Done = std::function<void (std::optional<ImageAnalysis>)>;

  explicit AnalysisPool (unsigned threads);
  ~AnalysisPool ();
  AnalysisPool (const AnalysisPool &) = delete;
  AnalysisPool &operator= (const AnalysisPool &) = delete;

  /** Why nothing can be read, in a sentence; empty if it can. */
  std::string problem ();

  /** Has a JPEG looked at. @done is called from a thread of the pool, or at once. */
  void analyze (std::string jpeg, const AnalysisOptions &options, Done done);

 private:
  struct Task {
    std::string key, jpeg;
    AnalysisOptions options;
    Done done;
  };

  void run ();
  void report_ready (const std::string &problem);

  AnalysisCache cache_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  std::string problem_;
  std::size_t ready_ = 0;
  bool is_ending_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace reader
