/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include "sampledframe.h"

namespace numpro {

/**
 * How long the frames from a sample on follow one another, so that something was to be seen all the
 * time. Frames of a number that comes with several ones, that is repeated, or whose picture stands
 * still are no hole, however long its slot was meant to be.
 */
class FrameRun
{
 public:
  /** The next frame is a sample, or does not follow those before. */
  void reset () { *this = FrameRun (); }

  /**
   * A frame has come.
   *
   * @param time of the frame in ns of stream time, or GST_CLOCK_TIME_NONE
   * @param length that the frame states, in ns; 0 where it states none
   * @param interval from frame to frame, in ns, as FrameRhythm has it now
   */
  void note (GstClockTime time, GstClockTime length, GstClockTime interval);

  /** From the first frame to the end of the last one, as far as they say; none with a hole in it.
   */
  ShownStretch stretch (GstClockTime interval) const;

 private:
  GstClockTime from_ = GST_CLOCK_TIME_NONE;  // of the first frame
  GstClockTime until_ = 0;                   // as far as frames say
  GstClockTime due_ = 0;                     // when the next frame is late from
  GstClockTime hole_ = 0;                    // the longest one, which may turn out to be none
};

}  // namespace numpro
