/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <optional>
#include <string>
#include <vector>

namespace numpro {

using LossReason = GstNumproLossReason;

/** The word for it in messages and logs. */
const char *nick_of (LossReason reason);

/** What happened, of what is lost for the reason "flush". */
inline constexpr const char *kFlushed = "the stream was flushed or stopped";

/** A batch is there. */
struct BatchReady {
  GstNumproBatch *batch;
  std::string location; /**< of its bundle; empty when it is not on disk */
};

/** A question is answered. */
struct Answered {
  GstNumproAnswer *answer;
  std::string location; /**< of the bundle that it is in; empty when it is not on disk */
};

/** Samples, a batch or a question about it are lost. */
struct Lost {
  LossReason reason;
  std::string sentence;              /**< what happened */
  std::optional<guint64> batch = {}; /**< unless the samples were in none yet */
  std::optional<std::string> question = {};
  /** Of a lost question those of its batch, else of the samples that no batch will bring. */
  std::vector<guint64> numbers = {};
};

/** The loss of a question about a batch. */
Lost question_lost (LossReason reason, std::string sentence, GstNumproLedger *ledger,
                    GstNumproPrompt *prompt);

}  // namespace numpro
