/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "recordingpipeline.h"

namespace numpro::media {

/** Records an input with its numbers, and keeps a picture of each number. Shows on standard output
 * how it gets on. */
class Recorder
{
 public:
  explicit Recorder (RecordingPlan plan);
  Recorder (const Recorder &) = delete;
  Recorder &operator= (const Recorder &) = delete;

  /** Runs until the input ends, the limit is reached, or SIGINT or SIGTERM arrive. */
  Recording run ();

 private:
  enum class Stage { kRecording, kFinishing, kOver };
  void finish (const std::string &problem = {});
  void give_up (const std::string &problem);
  void on_message (GstMessage *message);
  void on_error (GstMessage *message);
  void on_batch (const GstStructure *batch);
  void on_end ();
  void on_tick ();
  void on_signal ();
  void set_limit (GstClockTime limit);
  void find_limit ();
  void show_progress ();
  std::string early_end () const;
  std::string redacted_text_of (GstMessage *message) const;

  const RecordingPlan plan_;
  RecordingPipeline pipeline_;
  OwnedBy<GMainLoop, g_main_loop_unref> loop_;

  Stage stage_ = Stage::kRecording;
  Recording recording_;
  bool is_limit_known_ = false;
  bool shows_progress_in_place_ = false;
  guint ticks_ = 0;
  guint64 frames_at_last_tick_ = 0;
  guint ticks_without_frames_ = 0;
};

}  // namespace numpro::media
