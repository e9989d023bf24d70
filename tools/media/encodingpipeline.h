/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/app/gstappsrc.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "intake.h"
#include "mediapipeline.h"
#include "overlayoptions.h"
#include "picturesize.h"
#include "recordedfiles.h"

namespace numpro::media {

/** What a model is asked about while recording goes on. */
struct RecordQuestions {
  std::vector<std::string> texts; /**< none: nobody is asked */
  std::string endpoint, model;
  std::string location; /**< directory of what is asked and answered */
};

/** What is recorded, and how. */
struct EncodingPlan {
  const OverlayOptions &look;
  bool has_sound = false;
  bool is_live = false;       /**< what comes too fast is left out, and the time of day is known */
  GstClockTime base_time = 0; /**< at which running time is 0, by the system clock */
  std::optional<GstClockTime> duration; /**< of video, after which no more is taken */
  std::optional<GstClockTime> segment;  /**< of video in a file */
  std::optional<guint64> first_number;  /**< in place of the look's */
  const RecordQuestions &questions;
};

/**
 * The elements that number, encode and write what intakes bring, one after the other.
 *
 * Its bus has an application message "limit" when the plan's duration is reached.
 */
class EncodingPipeline : public MediaPipeline, public IntakeTaker
{
 public:
  /** @param files outlives the pipeline, as does the plan's look */
  EncodingPipeline (const EncodingPlan &plan, RecordedFiles &files);

  /** Makes the elements. @return why that cannot be, in a sentence, or nothing */
  std::string build ();

  void start ();

  /** Takes no more, and has all written to the end. */
  void finish ();

  void take_picture_caps (GstCaps *caps) override;
  bool take_picture (BufferPtr picture, GstClockTime time) override;
  bool take_sound (BufferPtr sound, GstClockTime time) override;
  void take_end (bool of_pictures) override;

  /** Of what was taken up to now, with outages. */
  GstClockTime duration () const { return end_time_ - std::min (first_time_, end_time_); }

  /** Pictures that were left out because the encoder or the disk are too slow. */
  guint64 left_out () const;

  /** Pictures that were left out because their times were not later than those before. */
  guint64 untimely () const { return untimely_; }

 private:
  std::string add_muxer ();
  void configure_questions ();
  void configure ();
  void add_probe ();
  void on_numbered (GstPad *pad, GstBuffer *frame);
  std::optional<GstClockTime> running_time_at (GstClockTime time) const;
  bool push (GstAppSrc *source, BufferPtr buffer, GstClockTime time);
  void reach (GstClockTime time);
  void keep_sound_up (GstClockTime time);

  const EncodingPlan plan_;
  RecordedFiles &files_;
  ObjectPtr<GstAppSrc> pictures_, sound_;

  // Belong to the thread that brings pictures.
  PictureSize size_{PictureSize::Depth::kEight};
  GstClockTime last_picture_ = GST_CLOCK_TIME_NONE;

  std::mutex sound_mutex_;
  GstClockTime sound_end_ = 0;

  // Written on streaming threads, read on the main thread.
  std::atomic<GstClockTime> first_time_ = GST_CLOCK_TIME_NONE, end_time_ = 0;  // running times
  std::atomic<guint64> taken_ = 0, untimely_ = 0;
};

}  // namespace numpro::media
