/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <memory>

#include "completion.h"
#include "completionrequest.h"
#include "fault.h"
#include "question.h"
#include "viewpool.h"

namespace reader {

/** Has the images of a request looked at, and words the answer. */
class CompletionJob : public std::enable_shared_from_this<CompletionJob>
{
 public:
  /** What came of it. */
  struct Outcome {
    Reply reply;
    std::size_t numbers = 0; /**< that could be read */
    std::string content;
  };
  using Done = std::function<void (Outcome)>;

  CompletionJob (CompletionRequest request, const Fault &fault);

  /** @done is called from a thread of the pool, or at once if nothing is left to look at. */
  void start (ViewPool &pool, Done done);

 private:
  void add (std::optional<View> view);
  Outcome finish ();

  CompletionRequest request_;
  Fault fault_;
  Question question_;
  Done done_;

  std::mutex mutex_;
  std::size_t pending_ = 0;
  bool has_broken_image_ = false;
  Sightings sightings_;
  std::size_t prompt_tokens_;
};

}  // namespace reader
