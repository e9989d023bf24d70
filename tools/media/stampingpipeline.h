/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "overlayoptions.h"
#include "videopipeline.h"

namespace numpro::media {

/**
 * Elements that read a file and stamp its first video, for others to write it.
 *
 * Posts application messages "note" with a string "text" that says what becomes of a stream.
 */
class StampingPipeline : public VideoPipeline
{
 public:
  /** Makes the elements. @return why that cannot be, in a sentence, or nothing */
  virtual std::string build () = 0;

  /** Reads no further, and has what was read written to the end. */
  void finish ();

  /** Has the pictures that were decoded written to the end, as no more can be decoded. */
  void end_pictures ();

  /** Hears what becomes of streams and pictures, in sentences without a full stop. */
  using Note = std::function<void (const std::string &)>;

  /** Once all is written: completes the output. @return why that cannot be, or nothing */
  virtual std::string complete_output (const Note &) { return {}; }

  /** Whether a message is by what gives the frames their numbers. */
  bool is_from_overlay (GstMessage *message) const;

  /** Of what was stamped up to now. */
  GstClockTime duration () const { return end_time_; }

  /** Pictures in the output. */
  virtual guint64 written () const { return frames (); }

 protected:
  /** @param look outlives the pipeline */
  StampingPipeline (std::string input, const OverlayOptions &look);

  /**
   * Makes the elements.
   *
   * @param output launch line of what takes the decoded video, from a queue of the name "intake"
   * on, and has a numproverlay of the name "overlay"
   * @return why that cannot be, in a sentence, or nothing
   */
  std::string build_with (const std::string &output);

  const OverlayOptions &look () const { return look_; }

  void note (const std::string &text);

  /** Hears of each stream that is not the first video, on a streaming thread. */
  virtual void on_other_stream (GstPad *stream, const GstCaps *caps) = 0;

 private:
  void on_stream (GstPad *stream, const GstCaps *caps, bool is_read) final;
  void on_stamped (GstPad *pad, GstBuffer *buffer);

  const std::string input_;
  const OverlayOptions &look_;
  std::atomic<GstClockTime> end_time_ = 0;  // written on a streaming thread, read on the main one
};

}  // namespace numpro::media
