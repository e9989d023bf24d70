/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro.h>

#include <atomic>
#include <optional>
#include <string>

#include "container.h"
#include "framechoice.h"
#include "mediapipeline.h"

namespace numpro::media {

bool has_prefix (const GstCaps *caps, const char *prefix);

/** The caps of a pad, or what it might have. */
CapsPtr caps_of (GstPad *pad);

/**
 * Takes its wall-clock time from a sample whose frame did not bring one along: when a file is read
 * says nothing of when its frames were taken.
 */
void forget_time_of_reading (GstNumproSample &sample);

/** Of a buffer on a pad, before 0 where it lies before the stream; GST_CLOCK_STIME_NONE: unknown.
 */
GstClockTimeDiff stream_time_on (GstPad *pad, GstBuffer *buffer);

/** Until when a buffer lasts, in stream time; 0 where it is not known. */
GstClockTime end_of (GstPad *pad, GstBuffer *buffer);

/** Has a time that several threads write be no lower than another. */
void raise (std::atomic<GstClockTime> &highest, GstClockTime time);

/**
 * How much of a length is not there; 0 where it is not known, or may be all of it: lengths that
 * files state are not exact.
 */
GstClockTime missing (GstClockTime there, GstClockTime length);

/**
 * Reads the first video stream of a file, as it is coded, with the messages of recorded numbers on
 * its buffers. Posts an application message "no-video" where there is none.
 */
class VideoPipeline : public MediaPipeline
{
 public:
  virtual ~VideoPipeline () = default;

  /**
   * Whether the input is read no more and none of its streams was found. A demuxer that fails while
   * parsebin puts it in does so in silence: parsebin 1.22 keeps its error to itself.
   */
  bool is_reading_over () const;

  /** Whether a message is by what reads the input, or by an element of the name "decoder". */
  bool is_from_input (GstMessage *message) const;

  /** Of the input, where it says so. */
  GstClockTime announced_duration () const;

  /** Until when the input was read: the latest end of a picture, a sound or a subtitle in it. */
  GstClockTime read_duration () const { return read_time_; }

  /** Until when its pictures were read, before they were decoded. */
  GstClockTime pictures_read () const { return picture_time_; }

 protected:
  /**
   * Makes the elements.
   *
   * @param behind launch line of what takes the video from a queue of the name "video"
   * @return why that cannot be, in a sentence, or nothing
   */
  std::string build_reading (const std::string &input, const std::string &behind);

  /**
   * Makes the elements, with a decoder.
   *
   * @param behind launch line of what takes the decoded video from a queue of the name "intake"
   * @return why that cannot be, in a sentence, or nothing
   */
  std::string build_decoding (const std::string &input, const std::string &behind);

  /** Links a decodebin "decoder" that was made with build_reading() to a queue "intake". */
  void connect_decoder ();

  /** Has no more frames decoded than are wanted. Before it runs. @param rate as FrameChoice's */
  void choose_frames (std::optional<Fraction> rate, CodedFrameFilter::Choice choice);

  /**
   * Hears of each stream, on a streaming thread, before any of them flows.
   * @param is_read whether it is the video that is read
   */
  virtual void on_stream (GstPad *, const GstCaps *, bool /* is_read */) {}

  /**
   * Puts elements between a pad and the element of the name "muxer", on a streaming thread. Where
   * that cannot be it posts an error.
   *
   * @param description launch line of a chain from an element of the name "head" to one of the name
   * "tail"
   * @param into template of the muxer's pad
   * @return the bin of them, owned by the pipeline; null where it could not be made
   */
  GstElement *add_chain (const std::string &description, GstPad *from, GstPadTemplate *into,
                         const Container &container);

 private:
  // On streaming threads
  void add_stream (GstPad *stream);
  void on_flow ();
  void on_read (GstPad *stream, GstBuffer *buffer);
  void link_video (GstPad *stream, const GstCaps *caps);
  void link_decoded (GstPad *decoded);
  bool do_frames_last () const;

  std::optional<FrameChoice> choice_;
  std::atomic<bool> has_streams_ = false;
  std::atomic<GstPad *> pictures_ = nullptr;  // the stream of them; to be compared only
  std::atomic<GstClockTime> read_time_ = 0, picture_time_ = 0;
};

}  // namespace numpro::media
