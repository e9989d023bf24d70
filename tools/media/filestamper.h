/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "container.h"
#include "progressline.h"
#include "stampingpipeline.h"
#include "stampoptions.h"

namespace numpro::media {

/** One file to stamp, and where to. */
struct StampPlan {
  std::string input;
  std::string output;
  std::optional<Container> container; /**< none: pictures in a directory */
};

/** What came of it. */
struct StampResult {
  enum class End {
    kWhole,       /**< the output is there */
    kBrokeOff,    /**< the output is there, as far as the input could be read */
    kInterrupted, /**< the output is unfinished, but whole up to where it ends */
    kNone,        /**< there is no output */
  };

  End end = End::kNone;
  std::string problem; /**< a sentence, unless end is kWhole */
  int signal = 0;      /**< that interrupted it */
  GstClockTime duration = 0;
  guint64 frames = 0; /**< in the output */
  guint64 first_number = 0, last_number = 0;
};

/** Under this name an output is written; it is renamed when it is complete: "clip.part.mkv". A
 * directory is "frames.part". */
std::string unfinished_name (const std::string &output);

/** Stamps a file. */
class FileStamper
{
 public:
  using Note = StampingPipeline::Note;

  FileStamper (StampPlan plan, const StampOptions &options, ProgressDisplay &display, Note note);
  FileStamper (const FileStamper &) = delete;
  FileStamper &operator= (const FileStamper &) = delete;

  /** Runs until the input ends, or SIGINT or SIGTERM arrives. */
  StampResult run ();

 private:
  enum class Stage { kStamping, kFinishing, kOver };

  void run_pipeline ();
  void keep_output ();
  void stop (StampResult::End end, const std::string &problem);
  gboolean on_message (GstMessage *message);
  void on_error (GstMessage *message);
  void on_end ();
  std::string loss_at_end () const;
  void on_signal (int number);
  void on_tick ();
  void look_after_input ();

  const StampPlan plan_;
  const std::string unfinished_;
  ProgressDisplay &display_;
  const Note note_;
  const std::unique_ptr<StampingPipeline> pipeline_;
  OwnedBy<GMainLoop, g_main_loop_unref> loop_;
  gint64 begun_ = 0;  // microseconds of the monotonic clock

  Stage stage_ = Stage::kStamping;
  int idle_ticks_ = 0;  // at which the input was read no more, and what it said of that not heard
  StampResult result_;
};

}  // namespace numpro::media
