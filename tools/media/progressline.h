/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <string>

namespace numpro::media {

/** How far a piece of work is. */
struct Progress {
  std::string name;         /**< of what is worked at */
  GstClockTime done = 0;    /**< of its length */
  GstClockTime total = 0;   /**< its length; GST_CLOCK_TIME_NONE: nobody knows */
  GstClockTime elapsed = 0; /**< since it was begun */
};

/** A line with bar, rate and the time that is left, as far as they are known and find room. */
std::string progress_line (const Progress &progress, int columns);

/** "1:02" or "1:00:02" */
std::string clock_text (GstClockTime time);

/** Columns of the terminal that a file is; 80 where it is none. */
int columns_of (int descriptor);

/** Shows how far work is on a terminal, in place. Shows nothing where there is no terminal. */
class ProgressDisplay
{
 public:
  /** @param descriptor of an open file, such as STDERR_FILENO */
  explicit ProgressDisplay (int descriptor);

  void show (const Progress &progress);

  /** Takes the line away, so that another can be written. */
  void clear ();

 private:
  const int descriptor_;
  const bool is_terminal_;
  bool is_shown_ = false;
};

}  // namespace numpro::media
