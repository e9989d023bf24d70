/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>

#include "lib/base/owned.h"
#include "lib/picture/picture.h"

namespace numpro {

class SampleAccount;

/** How far frames and samples are apart where a sample is, in ns of stream time. */
struct SamplePace {
  double rate = 1; /**< below zero the stream is played backwards */
  GstClockTime frame_interval = GST_CLOCK_TIME_NONE; /**< from frame to frame */
  GstClockTime period = GST_CLOCK_TIME_NONE;         /**< from sample to sample */
};

/**
 * A stretch of stream time in which frames followed each other, from a sample on until the last of
 * them was over, as they say; in ns, GST_CLOCK_TIME_NONE where nothing is known of it.
 */
struct ShownStretch {
  GstClockTime from = GST_CLOCK_TIME_NONE;
  GstClockTime until = GST_CLOCK_TIME_NONE;
};

/** Where a stream ends. */
struct StreamEnd {
  /** Stream time in ns at which the last frame was over; GST_CLOCK_TIME_NONE where it is not known,
   *  or the stream does not end. */
  GstClockTime time = GST_CLOCK_TIME_NONE;
  ShownStretch shown; /**< from the last sample on */
};

/** The wall-clock time of a sample by each clock, or GST_CLOCK_TIME_NONE. */
struct SampleClocks {
  GstClockTime reference = GST_CLOCK_TIME_NONE; /**< that travels with the frames */
  GstClockTime pipeline = GST_CLOCK_TIME_NONE;  /**< this machine's */
};

/** A sample and what shows it. */
struct SampledFrame {
  SamplePtr sample; /**< its wall-clock time is chosen with those of its batch */
  SamplePace pace;
  ShownStretch shown_before; /**< from the sample before it on */
  SampleClocks clocks;
  GstNumproLook look; /**< as the picture shows it; a batch has one */
  /** Until it is a JPEG, and for a sheet's sake; upright once it is queued no more. */
  std::unique_ptr<Picture> picture;
  BytesPtr jpeg;             /**< the image of this sample alone */
  GstClockTime lateness = 0; /**< how long after its running time it came, by the clock */
  std::shared_ptr<SampleAccount> account; /**< none in the history */
};

/** One that nobody changes any more, in several batches perhaps. */
using SampledFramePtr = std::shared_ptr<const SampledFrame>;

}  // namespace numpro
