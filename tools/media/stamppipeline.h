/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "container.h"
#include "lib/base/gstowned.h"
#include "overlayoptions.h"
#include "picturesize.h"

namespace numpro::media {

/**
 * The elements that stamp the video of a file into another file. Streams other than the video are
 * copied as they are where the container takes them.
 */
class StampPipeline
{
 public:
  /** @param look outlives the pipeline */
  StampPipeline (std::string input, std::string output, Container container,
                 const OverlayOptions &look);
  ~StampPipeline ();
  StampPipeline (const StampPipeline &) = delete;
  StampPipeline &operator= (const StampPipeline &) = delete;

  /** Makes the elements. @return why that cannot be, in a sentence, or nothing */
  std::string build ();

  /**
   * The pipeline itself. Posts application messages: "no-video", and "note" with a string "text"
   * that says what becomes of a stream.
   */
  GstElement *get () const { return pipeline_.get (); }

  /** Reads no further, and has what was read written to the end. */
  void finish ();

  /** Has the pictures that were decoded written to the end, as no more can be decoded. */
  void end_pictures ();

  /** Whether a message is by what reads and decodes the input. */
  bool is_from_input (GstMessage *message) const;

  /** Of the input, where it says so. */
  GstClockTime announced_duration () const;

  /** Of what was stamped up to now. */
  GstClockTime duration () const { return end_time_; }
  guint64 frames () const { return frames_; }
  guint64 first_number () const { return first_number_; }
  guint64 last_number () const { return last_number_; }

 private:
  ElementPtr element (const char *name) const;
  PadPtr pad (const char *element_name, const char *pad_name) const;
  void post (GstStructure *structure);
  void note (const std::string &text);
  void add_probes ();

  // On streaming threads
  void on_stream (GstPad *stream);
  void on_flow ();
  void add_copied (GstPad *from, const GstCaps *caps);
  void add_encoded_sound (GstPad *from, const GstCaps *caps);
  void add_subtitles (GstPad *from, GstPadTemplate *into);
  GstElement *add_chain (const std::string &description, GstPad *from, GstPadTemplate *into);
  void on_video_tags (GstPadProbeInfo *info);
  void on_decoded_pad (GstPad *decoded);
  void on_event (GstEvent *event);
  void on_stamped (GstPad *pad, GstBuffer *buffer);
  GstElement *make_padding ();

  const std::string input_, output_;
  const Container container_;
  const OverlayOptions &look_;
  ElementPtr pipeline_;
  std::vector<GstElement *> readers_;  // in the pipeline: what reads and decodes the input

  PictureSize size_{PictureSize::Depth::kAsItIs};  // belongs to the streaming thread

  // Written on streaming threads, read on the main thread.
  std::atomic<GstClockTime> end_time_ = 0;
  std::atomic<guint64> frames_ = 0;
  std::atomic<guint64> first_number_ = 0, last_number_ = 0;
};

}  // namespace numpro::media
