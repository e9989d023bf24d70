/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace numpro::media {

/** A file of a recording. Times are running times of the pipeline that wrote it. */
struct RecordedFile {
  std::string location;
  GstClockTime start = GST_CLOCK_TIME_NONE; /**< of what is at time 0 in the file */
  GstClockTime end = 0;
  guint64 frames = 0;
  guint64 first_number = 0, last_number = 0;
};

/**
 * Names the files that a splitmuxsink writes, and knows what is in them: frames are noted when they
 * get their number, and looked up when the muxer takes them. Any thread may call it.
 */
class RecordedFiles
{
 public:
  /** @param is_segmented whether "out.mkv" stands for "out-00000.mkv" and those that follow */
  RecordedFiles (std::string output, bool is_segmented);

  /** Those of earlier runs, in the order in which they were written. */
  const std::vector<std::string> &earlier () const { return earlier_; }

  /** Has a splitmuxsink write there. @param muxer its muxer */
  void attach_to (GstElement *splitmuxsink, GstElement *muxer);

  /** A frame of this running time has got its number. */
  void note_number (GstClockTime time, guint64 number);

  /** A file, which is complete, and is no longer known then. */
  std::optional<RecordedFile> take (const std::string &location);

  /** Those that are begun and not taken, as far as they are written. */
  std::vector<RecordedFile> open () const;

  /** The one that is being written, or was when the pipeline stopped. */
  std::string current () const;

 private:
  void find_earlier ();
  std::optional<guint> index_of (const std::string &name) const;
  std::string begin_file ();
  void note_written (GstPad *muxer_pad, GstBuffer *buffer);
  std::string name_of (guint index) const;

  const std::string output_;
  const bool is_segmented_;
  mutable std::mutex mutex_;
  std::vector<std::string> earlier_;
  guint next_index_ = 0;
  std::deque<RecordedFile> files_;
  struct Numbered {
    GstClockTime time;
    guint64 number;
  };
  std::deque<Numbered> waiting_;  // frames between the number and the muxer
};

}  // namespace numpro::media
