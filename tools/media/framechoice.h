/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>

#include "codedframefilter.h"
#include "lib/recording/accessunit.h"

namespace numpro::media {

/** A property that is a fraction. */
Fraction fraction_of (GstElement *element, const char *property);

/**
 * Has a decoder decode no more frames than are wanted, and what is behind it see only those.
 *
 * Pictures of H.264, H.265, VP9 and JPEG are chosen from. Of other streams, and of interlaced ones,
 * all frames pass, but where key frames are wanted.
 */
class FrameChoice
{
 public:
  /**
   * Before the pipeline runs. Both pads outlive this, and their pipeline stands still when this is
   * destroyed.
   *
   * @param coded sink pad before the decoder
   * @param decoded sink pad behind it
   * @param rate, choice as CodedFrameFilter has them
   */
  FrameChoice (GstPad *coded, GstPad *decoded, std::optional<Fraction> rate,
               CodedFrameFilter::Choice choice);
  /**
   * The container says of each frame that it is to be seen until the next one. Frames with recorded
   * numbers end when they say: between them there may have been nothing to record.
   */
  void note_that_frames_last () { do_frames_last_ = true; }

  FrameChoice (const FrameChoice &) = delete;
  FrameChoice &operator= (const FrameChoice &) = delete;

 private:
  // What is known of frames by the format of the stream.
  enum class Format { kUnknown, kNal, kClosedGroups, kPictures };

  // On streaming threads
  GstPadProbeReturn on_coded (GstPad *pad, GstPadProbeInfo *info);
  void on_event (GstPad *pad, GstEvent *event);
  void set_caps (GstCaps *caps);
  CodedFrame describe (GstPad *pad, GstBuffer *coded);
  void tell_use (CodedFrame &frame);
  void push (GstPad *pad, std::vector<BufferPtr> frames);
  bool is_dropped (GstPad *pad, GstBuffer *decoded);

  const CodedFrameFilter::Choice choice_;
  // Of the thread before the decoder.
  CodedFrameFilter filter_;
  Format format_ = Format::kUnknown;
  std::optional<PictureUseReader> uses_;
  bool is_pushing_ = false, do_frames_last_ = false;
  // Of the thread behind it.
  std::optional<CodedFrameFilter::Cell> seen_;
};

}  // namespace numpro::media
