/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysispool.h"

#include <utility>

namespace reader {

AnalysisPool::AnalysisPool (unsigned threads)
{
  for (unsigned i = 0; i < threads; ++i)
    threads_.emplace_back ([this] { run (); });
}

AnalysisPool::~AnalysisPool ()
{
  {
    const std::lock_guard lock (mutex_);
    is_ending_ = true;
  }
  changed_.notify_all ();
  threads_.clear ();
}

std::string AnalysisPool::problem ()
{
  std::unique_lock lock (mutex_);
  changed_.wait (lock, [this] { return ready_ == threads_.size (); });
  return problem_;
}

void AnalysisPool::analyze (std::string jpeg, const AnalysisOptions &options, Done done)
{
  std::string key = AnalysisCache::key_of (jpeg, options);
  if (std::optional<ImageAnalysis> analysis = cache_.find (key))
    return done (std::move (analysis));
  {
    const std::lock_guard lock (mutex_);
    tasks_.push_back ({std::move (key), std::move (jpeg), options, std::move (done)});
  }
  changed_.notify_all ();
}

void AnalysisPool::report_ready (const std::string &problem)
{
  {
    const std::lock_guard lock (mutex_);
    ++ready_;
    problem_ = problem;
  }
  changed_.notify_all ();
}

void AnalysisPool::run ()
{
  ImageAnalyzer analyzer;
  report_ready (analyzer.problem ());
  for (;;) {
    Task task;
    {
      std::unique_lock lock (mutex_);
      changed_.wait (lock, [this] { return is_ending_ || !tasks_.empty (); });
      if (is_ending_)
        return;
      task = std::move (tasks_.front ());
      tasks_.pop_front ();
    }
    std::optional<ImageAnalysis> analysis = analyzer.analyze (task.jpeg, task.options);
    if (analysis)
      cache_.insert (task.key, *analysis);
    task.done (std::move (analysis));
  }
}

}  // namespace reader
