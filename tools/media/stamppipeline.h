/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "container.h"
#include "mediapipeline.h"
#include "overlayoptions.h"
#include "picturesize.h"

namespace numpro::media {

/**
 * The elements that stamp the video of a file into another file. Streams other than the video are
 * copied as they are where the container takes them.
 *
 * Posts application messages: "no-video", and "note" with a string "text" that says what becomes of
 * a stream.
 */
class StampPipeline : public MediaPipeline
{
 public:
  /** @param look outlives the pipeline */
  StampPipeline (std::string input, std::string output, Container container,
                 const OverlayOptions &look);

  /** Makes the elements. @return why that cannot be, in a sentence, or nothing */
  std::string build ();

  /** Reads no further, and has what was read written to the end. */
  void finish ();

  /** Has the pictures that were decoded written to the end, as no more can be decoded. */
  void end_pictures ();

  /** Whether the input is read no more and none of its streams was found. */
  bool is_reading_over () const;

  /** Whether a message is by what reads and decodes the input. */
  bool is_from_input (GstMessage *message) const;

  /** Of the input, where it says so. */
  GstClockTime announced_duration () const;

  /** Of what was stamped up to now. */
  GstClockTime duration () const { return end_time_; }

 private:
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
  std::vector<GstElement *> readers_;  // in the pipeline: what reads and decodes the input

  PictureSize size_{PictureSize::Depth::kAsItIs};  // belongs to the streaming thread

  // Written on streaming threads, read on the main one.
  std::atomic<bool> has_streams_ = false;
  std::atomic<GstClockTime> end_time_ = 0;
};

}  // namespace numpro::media
