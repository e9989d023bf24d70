/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "input.h"

namespace examples {

/** What to record. */
struct RecordingPlan {
  Input input;
  std::string location;              /**< of the Matroska file */
  std::string bundles;               /**< directory for bundles of the numbered frames */
  std::optional<GstClockTime> limit; /**< GST_CLOCK_TIME_NONE: none; not set: the input decides */
  std::string rate = "1/1";          /**< numbers per second */
};

/** Bundles that were written: what numprosink's messages tell of them. */
struct Bundles {
  guint count = 0;
  guint64 images = 0;
  GstClockTime start = GST_CLOCK_TIME_NONE; /**< stream time of the first number */
  std::string last;                         /**< directory of the last one */
};

/** What came of it. */
struct Recording {
  enum class End {
    kWhole,        /**< the input ended, or was to be stopped here */
    kSourceFailed, /**< the file is in order, but the input broke off */
    kNone,         /**< there is no file, or one that cannot be used */
  };

  End end = End::kNone;
  std::string problem; /**< a sentence, unless end is kWhole */
  GstClockTime duration = 0;
  guint64 frames = 0;
  guint64 first_number = 0, last_number = 0;
  Bundles bundles;
};

/** Records an input with its numbers, and keeps a picture of each number. Shows on standard output
 * how it gets on. */
class Recorder
{
 public:
  explicit Recorder (RecordingPlan plan);
  ~Recorder ();
  Recorder (const Recorder &) = delete;
  Recorder &operator= (const Recorder &) = delete;

  /** Runs until the input ends, the limit is reached, or SIGINT or SIGTERM arrive. */
  Recording run ();

 private:
  template <typename T>
  struct Unref {
    void operator() (T *object) const { gst_object_unref (object); }
  };
  using Element = std::unique_ptr<GstElement, Unref<GstElement>>;
  using Pad = std::unique_ptr<GstPad, Unref<GstPad>>;

  enum class Stage { kRecording, kFinishing, kOver };

  std::string build ();
  Element element (const char *name) const;
  Pad pad (const char *element_name, const char *pad_name) const;

  // On the main thread
  void finish (const std::string &problem = {});
  void give_up (const std::string &problem);
  void on_message (GstMessage *message);
  void on_batch (const GstStructure *batch);
  void on_end ();
  std::string early_end () const;
  void on_tick ();
  void on_signal ();
  void find_limit ();
  void show_progress ();

  // On streaming threads
  void on_pad_added (GstPad *new_pad);
  void on_no_more_pads ();
  GstPadProbeReturn on_intake (GstPadProbeInfo *info);
  GstPadProbeReturn on_frame (GstPad *pad, GstBuffer *buffer);
  void on_stamped (GstBuffer *buffer);
  void set_size (GstCaps *caps);

  const RecordingPlan plan_;
  Element pipeline_;
  GstElement *source_ = nullptr;  // in the pipeline
  std::unique_ptr<GMainLoop, decltype (&g_main_loop_unref)> loop_;

  Stage stage_ = Stage::kRecording;
  Recording recording_;
  bool limit_known_ = false;
  bool shows_progress_in_place_ = false;
  guint ticks_ = 0;
  guint64 frames_at_last_tick_ = 0;
  guint ticks_without_frames_ = 0;

  // Written on streaming threads, read on the main thread.
  std::atomic<bool> stopping_ = false;
  std::atomic<GstClockTime> limit_ = GST_CLOCK_TIME_NONE;
  std::atomic<GstClockTime> first_time_ = GST_CLOCK_TIME_NONE;  // running time
  std::atomic<GstClockTime> end_time_ = 0;                      // running time
  std::atomic<guint64> frames_ = 0;
  std::atomic<guint64> first_number_ = 0, last_number_ = 0;

  GstElement *size_filter_ = nullptr;  // in the pipeline
  GstElement *padding_ = nullptr;      // in the pipeline
  bool size_known_ = false;            // belongs to the streaming thread
};

}  // namespace examples
