/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <vector>

/** How far frames are apart, and whether they follow one another, as the documentation says it. */
class RhythmModel
{
 public:
  /** @param promised from frame to frame, in ns, by the caps */
  void caps (GstClockTime promised);

  /** What comes is another stretch of the stream. */
  void restart ();

  /** A frame comes, at a running time in ns. */
  void frame (GstClockTime time);

  /** The last frame is a sample. */
  void begin_sample ();

  GstClockTime interval () const { return intervals_.back (); }

  /** When the latest of the frames before the last one came, where all from the last sample on
   *  follow one another, as far as is known now. */
  std::optional<GstClockTime> shown_before () const;

 private:
  GstClockTime interval_now () const;

  GstClockTime promised_ = 0;
  std::vector<GstClockTime> distances_;  // of frames in order, since the caps
  std::optional<GstClockTime> last_;
  // Of the frames since the last sample, that one too; the interval as it was with each.
  std::vector<GstClockTime> times_, intervals_;
};
