/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/** Warns, once each, of times by which a stream is not numbered as it was meant to be. */
class TimeCheck
{
 public:
  /** @param element in whose name warnings are posted; outlives this */
  explicit TimeCheck (GstElement *element) : element_ (element) {}

  /** A frame has come. @param running_time in ns; GST_CLOCK_STIME_NONE when unknown */
  void note (GstClockTimeDiff running_time);

  /** Whether frames have had no time for so long that no more will have one. */
  bool are_lost () const;

  /** The last frame needs a time: warns if it has none. */
  void check_presence ();

  /**
   * The last frame is numbered by its time: warns if that is none that streams have.
   *
   * @param is_first_number whether numbers begin with it, whatever its time
   */
  void check_number (guint64 number, bool is_first_number);

 private:
  bool is_far_ahead () const;

  GstElement *element_;
  guint64 frames_ = 0;
  guint without_time_ = 0;  // the last ones
  GstClockTimeDiff running_time_ = GST_CLOCK_STIME_NONE;
  bool warned_of_presence_ = false, warned_of_number_ = false;
};

}  // namespace numpro
