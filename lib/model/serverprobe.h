/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "modelclient.h"
#include "probebatch.h"
#include "probewords.h"

namespace numpro {

/** What is asked of pictures that are sent to find out what reaches a model. */
inline constexpr char kProbeQuestion[] =
    "Which numbers do you see, in the order of the images? Answer with the numbers only, separated "
    "by commas.";

/** What became of a probe. */
struct ProbeResult {
  ProbePtr probe;                    /**< null when there was no answer */
  std::optional<AskFailure> failure; /**< why there is none; nothing where none was asked for */
  std::string problem;               /**< the same in a sentence, without a full stop */
  std::vector<Adaptation> news;      /**< as those of an AskResult */
};

/**
 * Finds out what reaches a model of images: sends it pictures with numbers that it cannot guess,
 * and compares what it says to see with them. Asks by a client of its own, ahead of nobody's
 * questions.
 */
class ServerProbe
{
 public:
  /** @param wants_schema whether answers are asked for in JSON, so that this is tried too */
  ServerProbe (const ModelOptions &options, bool wants_schema, ModelClient::RequestLog log = {});

  /** Draws, asks, waits for the answer, and compares. Not to be called twice. */
  ProbeResult run (const ProbePictures &pictures);

  /** Has run() return soon. From any thread, at any time. */
  void cancel ();

 private:
  AskResult ask (GstNumproBatch *batch, GstNumproAnswerFormat format);
  void try_schema (GstNumproBatch *batch, ProbeResult &result);

  const ProbeSetting setting_;
  const bool wants_schema_;
  std::atomic<bool> is_cancelled_ = false;
  ModelClient client_;
};

}  // namespace numpro
