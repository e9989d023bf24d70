/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <optional>
#include <string>
#include <vector>

namespace numpro {

/** What is told of what is lost for the reason "flush". */
inline constexpr const char *kFlushed = "the stream was flushed or stopped";

/** What will not get where it was to go. */
struct Loss {
  std::string reason;                /**< a word: "disk", "overrun", "encode", "flush", "stop" */
  std::string sentence;              /**< what happened */
  std::vector<guint64> numbers = {}; /**< of the samples that no batch will bring */
  std::optional<guint64> batch = {}; /**< unless the samples were in none yet */
};

/** A question that will not be answered. */
struct QuestionLoss {
  std::string reason;      /**< a word, as in Loss, or "http", "reply", "network" */
  std::string sentence;    /**< what happened */
  GstNumproLedger *ledger; /**< of the batch that it is about */
  GstNumproPrompt *prompt;
};

/** Tells the application what becomes of batches. Called from any thread, with no lock held. */
class Reporter
{
 public:
  virtual ~Reporter () = default;

  /** A batch is there. @param bundle where it is on disk; empty when it is not */
  virtual void batch_ready (GstNumproBatch *batch, const std::string &bundle) = 0;

  /** Samples or a batch are lost. */
  virtual void lost (const Loss &loss) = 0;

  /** The application may have this batch now. */
  virtual void emit_batch (GstNumproBatch *batch) = 0;

  /** A question is answered. @param bundle where the answer is on disk; empty when it is not */
  virtual void answered (GstNumproAnswer *answer, const std::string &bundle) = 0;

  /** A question is lost. */
  virtual void question_lost (const QuestionLoss &loss) = 0;
};

}  // namespace numpro
