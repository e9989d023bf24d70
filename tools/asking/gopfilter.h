/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <vector>

#include "lib/base/gstowned.h"

namespace numpro::asking {

/**
 * Leaves out coded frames that need not be decoded, so that each period of time still has a frame
 * if it had one: often the key frames are enough.
 *
 * It takes the frames from one key frame to the next, in the order in which they are coded.
 */
class GopFilter
{
 public:
  /** @param period of time of which one frame is wanted */
  explicit GopFilter (GstClockTime period) : period_ (period) {}

  /** A frame between key frames. @param time running time; GST_CLOCK_TIME_NONE where it has none */
  void add (BufferPtr frame, GstClockTime time);

  /**
   * The next key frame is there, or the end of the stream.
   *
   * @param next running time of that key frame; GST_CLOCK_TIME_NONE at the end
   * @return those before it that are to be decoded
   */
  std::vector<BufferPtr> finish (GstClockTime next);

  /** A key frame follows what finish() gave. */
  void begin (GstClockTime key_frame);

 private:
  guint64 period_at (GstClockTime time) const { return time / period_; }

  const GstClockTime period_;
  GstClockTime key_frame_ = GST_CLOCK_TIME_NONE;  // before the frames
  bool is_whole_ = true;                          // nothing was left out before the key frame
  struct Frame {
    BufferPtr coded;
    GstClockTime time;
  };
  std::size_t count_needed (const std::vector<Frame> &frames, GstClockTime next) const;

  std::vector<Frame> frames_;
};

}  // namespace numpro::asking
