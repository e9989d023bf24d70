/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <vector>

#include "plugin/sink/sampling/sampledframe.h"

namespace numpro {

/** How samples become batches. */
struct WindowOptions {
  guint size = 32;       /**< samples per batch; 0 = no limit */
  GstClockTime time = 0; /**< longest span of a batch in ns; 0 = no limit */
  guint overlap = 0;     /**< samples that also open the next batch; fewer than size */
  GstClockTime max_gap = GST_CLOCK_TIME_NONE; /**< longest hole within a batch in ns of stream time;
                                                   0 = no limit, NONE = kMaxGapPeriods */
};

/**
 * Longest hole within a batch in periods of its samples, where nothing else is said. A batch of 32
 * samples loses a sixth of its length to it; what is further apart is no longer one scene. A lost
 * packet or a slow disk makes no hole as long as that. Times may fall back by as much, but by no
 * more than kMaxFallback, as frames come out of order; what falls back by more is another time
 * line.
 */
constexpr guint kMaxGapPeriods = 5;
constexpr GstClockTime kMaxFallback = GST_SECOND;

/** Why a sample does not belong to the batch before it. */
enum class Parting {
  kNone,     /**< it does */
  kNumber,   /**< its number is none that follows, or is there already */
  kTime,     /**< the batch would be longer than it may be */
  kHole,     /**< nothing was to be seen for too long */
  kFallback, /**< its time is earlier */
  kLook,     /**< its number looks different */
  kSource,   /**< it is from another stream */
};

/** In words, for logs. */
const char *text_of (Parting parting);

/** The samples of a batch. */
using Group = std::vector<SampledFramePtr>;

/** Collects consecutive samples until they make up a batch. */
class Window
{
 public:
  explicit Window (const WindowOptions &options) : options_ (options) {}

  /**
   * Adds the next sample.
   *
   * @return the batches that are finished by it: one that it does not belong to any more, one that
   *   it fills, both or none
   */
  std::vector<Group> add (SampledFramePtr frame);

  /** Of the last sample that was added. */
  Parting parting () const { return parting_; }

  /**
   * Ends the batch with what it has; nothing when no sample in it is new. The next one does not
   * overlap with it.
   */
  std::vector<Group> finish ();

  /**
   * The running time at which everything that may still belong to the batch should have come.
   *
   * @param latency how late samples may come, in ns; more, if those of the batch came later
   * @return GST_CLOCK_TIME_NONE where no sample is new, or no time ends the batch
   */
  GstClockTime due (GstClockTime latency) const;

  /** Ends the batch because its time is over, as add() does with a sample that is too late. */
  std::vector<Group> close ();

  /** Lets go of all samples. @return those that no batch had */
  Group clear ();

 private:
  Parting parting_before (const SampledFrame &frame) const;
  Group form ();

  WindowOptions options_;
  std::deque<SampledFramePtr> frames_;
  guint fresh_ = 0;  // of them, at the end
  Parting parting_ = Parting::kNone;
};

}  // namespace numpro
