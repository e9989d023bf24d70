/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <memory>

#include "analysispool.h"
#include "answer.h"
#include "completion.h"
#include "completionrequest.h"
#include "fault.h"
#include "question.h"

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
  void start (AnalysisPool &pool, Done done);

 private:
  void add (std::size_t image, std::optional<ImageAnalysis> analysis);
  Outcome finish ();
  std::string content_for (const Answer &answer) const;

  CompletionRequest request_;
  Fault fault_;
  Question question_;
  Done done_;

  std::mutex mutex_;
  std::size_t pending_ = 0;
  bool has_broken_image_ = false;
  std::vector<FrameAnalyses> frames_;  // of each image
  std::size_t prompt_tokens_;
};

}  // namespace reader
