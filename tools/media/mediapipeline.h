/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <atomic>
#include <string>

#include "lib/base/gstowned.h"

namespace numpro::media {

/** What an error or a warning says. */
std::string text_of (GstMessage *message);

/** Elements that stamp a stream, stopped with this, and the numbers that they gave. */
class MediaPipeline
{
 public:
  MediaPipeline (const MediaPipeline &) = delete;
  MediaPipeline &operator= (const MediaPipeline &) = delete;

  /** The pipeline itself. */
  GstElement *get () const { return pipeline_.get (); }

  guint64 frames () const { return frames_; }
  guint64 first_number () const { return first_number_; }
  guint64 last_number () const { return last_number_; }

 protected:
  MediaPipeline () = default;
  ~MediaPipeline ();

  /** Makes the elements of a launch line. @return why that cannot be, or nothing */
  std::string launch (const std::string &line);

  ElementPtr element (const char *name) const;
  PadPtr pad (const char *element_name, const char *pad_name) const;

  /** Posts an application message. @param structure ownership taken */
  void post (GstStructure *structure);

  /** Whether a message is by an element, or by one in it. */
  static bool is_from (GstMessage *message, GstElement *element);

  /**
   * Whether nothing reads and parses any more. A demuxer that fails while parsebin puts it in does
   * so in silence: parsebin 1.22 keeps its error to itself.
   */
  static bool is_idle (GstElement *source, GstElement *parser);

  /** Sends the end of the stream into an element, from a thread that may wait for it. */
  void send_end_to (const char *name) { send_end_to (element (name).get ()); }
  static void send_end_to (GstElement *receiver);

  /** Counts a frame that has passed numproverlay. On a streaming thread. */
  void count (GstBuffer *frame);

 private:
  ElementPtr pipeline_;
  // Written on the streaming thread, read on the main thread.
  std::atomic<guint64> frames_ = 0;
  std::atomic<guint64> first_number_ = 0, last_number_ = 0;
};

}  // namespace numpro::media
