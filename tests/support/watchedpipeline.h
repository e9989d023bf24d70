/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <thread>

#include "sinkpipeline.h"

/** Numbered frames into a numprosink under pressure: a thread looks all the time whether the counts
 *  add up. */
class WatchedPipeline : public SinkPipeline
{
 public:
  /** @param source the frames, without numbers */
  WatchedPipeline (const std::string &source, const std::string &properties);
  ~WatchedPipeline ();

  /** Fails unless every number from 0 was either delivered, or told as lost once. */
  void require_exact (const std::set<guint64> &delivered) const;

 private:
  void watch ();

  std::atomic<bool> done_ = false;
  std::atomic<int> looks_ = 0, unbalanced_ = 0;
  std::thread watcher_;
};
