/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "merge.h"
#include "textevent.h"

namespace numpro {

/** What a GstNumproTimeline holds. */
class TimelineData
{
 public:
  const std::vector<Window> &windows () const { return windows_; }
  const std::vector<TextEvent> &given () const { return given_; }

  void add_window (Window window);

  /** Adds an event that nothing is known of but its question and times. */
  void add_given (TextEvent event);

  /** What all of it comes to. May be called by several threads. */
  const std::vector<QuestionResult> &results () const;

 private:
  std::vector<Window> windows_;
  std::vector<TextEvent> given_;
  mutable std::mutex mutex_;
  mutable std::optional<std::vector<QuestionResult>> results_; /**< by whoever asks first */
};

}  // namespace numpro
