/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

// The standard library first, as in handles.h.
#include <string>
#include <vector>

#include "sinkbatch.h"
#include "sinkcounts.h"

/** What numproverlay and numprosink made of a stream. */
struct StreamOutcome {
  std::vector<Batch> batches;
  SinkCounts counts;
  /** Of all batches, see text_of(). */
  std::string text;
};

/**
 * A batch as text, in milliseconds: "7@500+100" is number 7 at stream time 500, which stays for
 * 100. "7@500(900)+100" where its running time is another, "~250 7@500+100" after a hole.
 */
std::string text_of (GstNumproBatch *batch);

/**
 * Plays what is before numproverlay to its end. Fails when anything is warned of or lost, and
 * unless all samples are delivered.
 *
 * @param overlay, sink properties, as in a launch line; all samples are in one batch unless they
 *   say otherwise
 */
StreamOutcome outcome_of (const std::string &source, const std::string &overlay,
                          const std::string &sink = "");

/** Plays a launch line to its end. What it makes are files. */
void record (const std::string &line);

/**
 * Records grey frames of 160x120, lighter and lighter.
 *
 * @param rate of their caps
 * @param times of the frames in milliseconds
 * @param encoder what comes after them in the launch line
 */
void record_frames (const std::string &rate, const std::vector<int> &times,
                    const std::string &encoder);

/** How light the middle of a sample's image is. @return 0 to 255 */
int lightness_of (GstNumproBatch *batch, guint index);

/** How light a frame was recorded. */
int recorded_lightness (std::size_t frame);
