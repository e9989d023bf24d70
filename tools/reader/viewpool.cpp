/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewpool.h"

#include <utility>

namespace reader {

ViewPool::ViewPool (unsigned threads)
{
  for (unsigned i = 0; i < threads; ++i)
    threads_.emplace_back ([this] { run (); });
}

ViewPool::~ViewPool ()
{
  {
    const std::lock_guard lock (mutex_);
    is_ending_ = true;
  }
  changed_.notify_all ();
  threads_.clear ();
}

std::string ViewPool::problem ()
{
  std::unique_lock lock (mutex_);
  changed_.wait (lock, [this] { return ready_ == threads_.size (); });
  return problem_;
}

void ViewPool::look_at (std::string jpeg, const ViewRule &rule, Done done)
{
  std::string key = ViewCache::key_of (jpeg, rule);
  if (std::optional<View> view = cache_.find (key))
    return done (std::move (view));
  {
    const std::lock_guard lock (mutex_);
    tasks_.push_back ({std::move (key), std::move (jpeg), rule, std::move (done)});
  }
  changed_.notify_all ();
}

void ViewPool::report_ready (const std::string &problem)
{
  {
    const std::lock_guard lock (mutex_);
    ++ready_;
    problem_ = problem;
  }
  changed_.notify_all ();
}

void ViewPool::run ()
{
  Viewer viewer;
  report_ready (viewer.problem ());
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
    std::optional<View> view = viewer.look_at (task.jpeg, task.rule);
    if (view)
      cache_.insert (task.key, *view);
    task.done (std::move (view));
  }
}

}  // namespace reader
