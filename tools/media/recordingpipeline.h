/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>

#include "mediapipeline.h"
#include "picturesize.h"
#include "recording.h"

namespace numpro::media {

/** The elements that record an input, and what is known of the frames that have passed them. */
class RecordingPipeline : public MediaPipeline
{
 public:
  /** @param plan outlives the pipeline */
  explicit RecordingPipeline (const RecordingPlan &plan) : plan_ (plan) {}

  /** Makes the elements. @return why that cannot be, in a sentence, or nothing */
  std::string build ();

  /**
   * Frames from this time of the recording on are left out. Once the first of them has come there
   * is an application message "limit" on the bus.
   */
  void set_limit (GstClockTime limit) { limit_ = limit; }

  /** Lets no more frames in. */
  void stop_intake () { is_stopped_ = true; }

  /** Lets no more frames in, and has the encoder and the muxer finish their work. */
  void send_end ();

  /** Whether a message is by the input. */
  bool is_from_source (GstMessage *message) const;

  /** Whether the input turns out to be live, or to know no end. */
  bool is_source_endless () const;

  /** How long the input says that it is. None for the test source, and where it does not know. */
  std::optional<GstClockTime> announced_duration () const;

  GstClockTime duration () const { return frames () > 0 ? end_time_ - first_time_ : 0; }

 private:
  std::string add_source ();
  void add_probes ();

  // On streaming threads
  void on_pad_added (GstPad *new_pad);
  void on_no_more_pads ();
  GstPadProbeReturn on_intake (GstPadProbeInfo *info);
  GstPadProbeReturn on_frame (GstPad *pad, GstBuffer *buffer);

  const RecordingPlan &plan_;
  GstElement *source_ = nullptr;                  // in the pipeline; none for the test source
  GstElement *size_filter_ = nullptr;             // in the pipeline
  GstElement *padding_ = nullptr;                 // in the pipeline
  PictureSize size_{PictureSize::Depth::kEight};  // belongs to the streaming thread

  // Written on streaming threads, read on the main thread.
  std::atomic<bool> is_stopped_ = false;
  std::atomic<GstClockTime> limit_ = GST_CLOCK_TIME_NONE;
  std::atomic<GstClockTime> first_time_ = GST_CLOCK_TIME_NONE;  // running time
  std::atomic<GstClockTime> end_time_ = 0;                      // running time
};

}  // namespace numpro::media
