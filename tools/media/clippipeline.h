/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/audio/audio.h>
#include <gst/gst.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "container.h"
#include "videopipeline.h"

namespace numpro::media {

/** A part of a recording that is to be a file of its own. Times are in its stream time. */
struct ClipPlan {
  std::string input, output;
  GstClockTime start = 0, end = GST_CLOCK_TIME_NONE; /**< to the end of the recording where none */
  bool has_numbers = false; /**< whether the recording has numbers, which are kept */
};

/**
 * Elements that write a part of a file into another file: its first video, and its sound. Posts
 * application messages "note" with a string "text" that says what becomes of a stream.
 */
class ClipPipeline : public VideoPipeline
{
 public:
  /** Makes the elements. @return why that cannot be, in a sentence, or nothing */
  virtual std::string build () = 0;

  /** Stops it, and waits for what it began on other threads. Before it is destroyed. */
  void stop ();

  /** Has what was read up to now written to the end, as no more can be read. */
  void end_input ();

  /** Pictures that are in the clip by now, and to where in the recording they go. */
  guint64 pictures () const { return pictures_; }
  GstClockTime position () const { return position_; }

  /** Why no picture is in the clip, where there is none at the end. */
  virtual const char *emptiness () const { return "there is no picture in this part of it."; }

  /** Whether a message is by what writes the file. */
  bool is_from_output (GstMessage *message) const;

 protected:
  ClipPipeline (ClipPlan plan, Container container);

  /**
   * Makes the elements. Before any of the video leaves the queue "video", the file is read from a
   * key frame at or before the start. Sound waits for release_sound().
   *
   * @param behind launch line of what takes the video from that queue, with a filesink "file"
   * @return why that cannot be, in a sentence, or nothing
   */
  std::string build_clip (const std::string &behind);

  const ClipPlan &plan () const { return plan_; }
  const Container &container () const { return container_; }

  /** The video is where it is to begin. On a streaming thread, or on one of its own. */
  virtual void on_positioned () = 0;

  /** Hears of the video. Nothing flows yet. */
  virtual void on_video (const GstCaps * /* caps */) {}

  /** Hears of a stream of sound. Nothing flows yet. */
  virtual void on_sound (GstPad *stream, const GstCaps *caps) = 0;

  /** Where no more pictures go into, once they cannot be read. */
  virtual const char *end_of_reading () const = 0;

  /** Decodes sound and encodes it again, cut to the sample. */
  void add_encoded_sound (GstPad *stream, const GstCaps *caps);

  /** Copies sound, in whole packets. */
  void add_copied_sound (GstPad *stream, const GstCaps *caps, GstPadTemplate *into);

  /** Lets sound flow. @param start of the clip; what is before that is left out */
  void release_sound (GstClockTime start);

  /** Whether decoding can begin with a frame. */
  static bool is_key_frame (GstPad *pad, GstBuffer *frame);

  static constexpr auto kData = static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BUFFER |
                                                              GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM);

  /** Ends a stream in front of a buffer on a source pad, on its streaming thread. */
  static GstPadProbeReturn end_stream (GstPad *pad);

  /** Whether that was done: nothing that is on a source pad may be passed on then. */
  static bool has_ended (GstPad *pad);

  /** Whether a time is behind the end of the clip. */
  bool is_behind (GstClockTimeDiff time) const;

  /** Hears of pictures behind the end: where no sound comes with them, there is no more of it. */
  void pass_over (GstClockTimeDiff time);

  /** A picture goes into the clip. */
  void count_picture (GstClockTimeDiff time);

  void note (const std::string &text);

 private:
  enum class Stage { kBeginning, kSeeking, kReading };

  struct Sound {
    ElementPtr chain;
    PadPtr held_pad;
    gulong hold;
  };

  // On streaming threads
  void on_stream (GstPad *stream, const GstCaps *caps, bool is_read) final;
  GstPadProbeReturn on_beginning (GstPad *pad, GstPadProbeInfo *info);
  GstPadProbeReturn on_first_frame (GstPad *pad, GstBuffer *frame);
  bool begin_at (GstClockTimeDiff time);
  void seek_from_other_thread ();
  void seek ();
  void read_from_here ();
  static gulong hold (GstPad *pad);
  void hold_sound (GstElement *chain);
  GstPadProbeReturn cut_samples (GstPad *pad, GstPadProbeInfo *info);
  GstPadProbeReturn choose_packet (GstPad *pad, GstPadProbeInfo *info);

  const ClipPlan plan_;
  const Container container_;
  std::vector<Sound> sounds_;
  gulong video_hold_ = 0, beginning_ = 0;  // probes
  bool has_ended_sound_ = false;
  std::atomic<Stage> stage_ = Stage::kBeginning;
  std::atomic<GstClockTime> target_;  // of seeking
  GstClockTime back_;                 // how much earlier to seek to if that is too late
  std::atomic<GstClockTime> sound_start_ = 0, position_ = 0;
  std::atomic<guint64> pictures_ = 0;
  std::mutex mutex_;
  std::condition_variable has_sought_;
  int seeks_ = 0;  // that are under way; guarded by the mutex
};

}  // namespace numpro::media
