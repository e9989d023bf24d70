/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <atomic>
#include <string>

#include "mediapipeline.h"

namespace numpro::media {

/**
 * Reads the first video stream of a file, as it is coded, with the messages of recorded numbers on
 * its buffers. Posts an application message "no-video" where there is none.
 */
class VideoPipeline : public MediaPipeline
{
 public:
  /** Whether the input is read no more and none of its streams was found. */
  bool is_reading_over () const;

  /** Whether a message is by what reads the input, or by one of these elements. */
  bool is_from_input (GstMessage *message, const char *others = nullptr) const;

  /** Of the input, where it says so. */
  GstClockTime announced_duration () const;

 protected:
  /**
   * Makes the elements.
   *
   * @param behind launch line of what takes the video from a queue of the name "video"
   * @return why that cannot be, in a sentence, or nothing
   */
  std::string build (const std::string &input, const std::string &behind);

 private:
  // On streaming threads
  void on_stream (GstPad *stream);
  void on_flow ();
  void link_video (GstPad *stream, const GstCaps *caps);

  std::atomic<bool> has_streams_ = false;
};

}  // namespace numpro::media
