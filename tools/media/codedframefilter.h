/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <deque>
#include <optional>
#include <vector>

#include "lib/base/gstowned.h"
#include "lib/base/property.h"
#include "lib/recording/accessunit.h"

namespace numpro::media {

/** A coded frame, and what is known of it before it is decoded. */
struct CodedFrame {
  BufferPtr coded;
  GstClockTime time = GST_CLOCK_TIME_NONE; /**< running time */
  GstClockTime end = GST_CLOCK_TIME_NONE;  /**< of its duration; its time where it has none */
  std::optional<guint64> slot;             /**< of its recorded number */
  bool is_kept = false;                    /**< wanted with the first one of its period */
  bool lasts = false;                      /**< until the next one is to be seen */
  bool is_shown = true;                    /**< false: it is before the segment, others need it */
  bool is_key_frame = false;
  bool is_idr = false;        /**< no frame from it on, in the order of coding, needs one before */
  bool is_disposable = false; /**< no other frame needs it */
  bool can_restart = false;   /**< decoders begin anew with it, where frames before were left out */
  std::optional<NalFormat> nal_format; /**< where it has to become one of a broken link for that */
};

/**
 * Leaves out coded frames that need not be decoded where one frame of each period of time is
 * wanted, and of each recorded number, and marks those that are decoded for others only.
 *
 * It holds frames until it knows the whole period, or kMostHeld bytes. A frame more than needed may
 * be passed on unmarked where something is not known; none that is wanted is left out. What is
 * behind the decoder cannot see holes that are shorter than a period any more.
 */
class CodedFrameFilter
{
 public:
  enum class Choice {
    kFirst,    /**< the first frame of each, and one that lasts until the end of the last one */
    kKeyFrame, /**< of each period a key frame; where it has none the first frame */
  };

  /** @param rate periods a second; none: recorded numbers alone count */
  CodedFrameFilter (std::optional<Fraction> rate, Choice choice) : rate_ (rate), choice_ (choice) {}

  /**
   * Takes a frame, in the order of coding.
   *
   * @return frames to decode now; may be none
   */
  std::vector<BufferPtr> add (CodedFrame frame);

  /** The stream ends. @return frames to decode still */
  std::vector<BufferPtr> end ();

  /** Something else is passed on that frames must not come behind. @return all that are held */
  std::vector<BufferPtr> flush ();

  /** Where a frame belongs, of which one is wanted. */
  struct Cell {
    guint64 period, slot;
    bool operator== (const Cell &) const = default;
  };

  /** @param slot of the recorded number, where it has one */
  Cell cell_at (GstClockTime time, std::optional<guint64> slot) const;

  /** Whether a frame, coded or decoded, was decoded for others only. */
  static bool is_unwanted (GstBuffer *frame);

 private:
  enum class State { kUndecided, kWanted, kUnwanted };
  struct Held {
    CodedFrame frame;
    Cell cell;
    State state;
  };

  static constexpr gsize kMostHeld = 32 << 20;

  bool is_near_next_period (GstClockTime time) const;
  bool is_kept (const CodedFrame &frame);
  GstClockTime next_time (const CodedFrame &frame) const;
  State first_state (const CodedFrame &frame, const Cell &cell);
  void serve (const Cell &cell);
  void decide_complete_cells ();
  bool is_complete (const Cell &cell) const;
  std::optional<Cell> oldest_cell () const;
  void decide (const Cell &cell);
  void keep_first (const std::vector<Held *> &frames);
  GstClockTime end_of (const CodedFrame &frame) const;
  bool may_start_at (const CodedFrame &frame) const;
  std::size_t count_decided () const;
  void release (std::size_t count, std::vector<BufferPtr> &to);
  void forget (std::size_t count);

  const std::optional<Fraction> rate_;
  const Choice choice_;
  bool is_off_ = false;  // as a frame without a time came
  std::deque<Held> held_;
  gsize held_bytes_ = 0;
  GstClockTime decided_until_ = 0;  // all frames before it have been decided about
  std::size_t seen_ = 0;            // frames
  std::optional<GstClockTime> first_key_frame_;
  std::optional<guint64> served_period_;  // the last one that has a key frame
  GstClockTime leading_before_ = 0;       // frames before it need some that were left out
};

}  // namespace numpro::media
