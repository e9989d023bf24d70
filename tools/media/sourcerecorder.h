/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "answerkeeper.h"
#include "encodingpipeline.h"
#include "intake.h"
#include "outages.h"
#include "progressline.h"
#include "recordedfiles.h"

namespace numpro::media {

/** What to record, and where to. */
struct RecordPlan {
  Input input;
  std::string output;
  std::optional<GstClockTime> duration; /**< after which recording ends; none: by itself */
  std::optional<GstClockTime> segment;  /**< of a file, after which the next is begun; none: one */
  RecordQuestions questions;
};

/** What came of it. */
struct RecordResult {
  enum class End {
    kWhole,    /**< all was recorded that was to be */
    kBrokeOff, /**< what was recorded up to there is kept */
    kNone,     /**< nothing was recorded */
  };

  End end = End::kNone;
  std::string problem; /**< a sentence, unless end is kWhole */
  int signal = 0;      /**< that ended it */
};

/** Records a source. One without an end is connected to again whenever it goes away. */
class SourceRecorder
{
 public:
  using Note = std::function<void (const std::string &)>;
  using Written = std::function<void (const RecordedFile &)>;

  /**
   * @param note hears what happens, in sentences without a full stop
   * @param written hears of each file that is complete
   * @param found hears of what answers say is to be seen, with the time of day of a live source
   */
  SourceRecorder (RecordPlan plan, const OverlayOptions &look, ProgressDisplay &display, Note note,
                  Written written, AnswerKeeper::Found found);
  ~SourceRecorder ();
  SourceRecorder (const SourceRecorder &) = delete;
  SourceRecorder &operator= (const SourceRecorder &) = delete;

  /** Runs until the source ends, the duration is over, or SIGINT or SIGTERM arrives. */
  RecordResult run ();

 private:
  enum class Stage { kRecording, kFinishing, kKeepingAnswers, kOver };
  void go_on_counting ();
  void on_found (const std::string &question, GstNumproSpan span);
  void run_loop ();
  bool connect ();
  void disconnect ();
  void try_to_open ();
  std::string begin_recording ();
  void on_intake_message (GstMessage *message);
  void on_message (GstMessage *message);
  void on_source_end ();
  std::string early_end () const;
  void on_failure (const std::string &why);
  void on_output_failure (const std::string &why);
  void on_closed (const char *location);
  void on_end ();
  void end ();
  void on_signal (int number);
  void on_tick ();
  gint64 patience_for_end () const;
  void look_after_source ();
  void show_progress ();
  void finish ();
  void stop (RecordResult::End end, const std::string &problem);
  std::string redacted_text_of (GstMessage *message) const;

  const RecordPlan plan_;
  const OverlayOptions &look_;
  ProgressDisplay &display_;
  const Note note_;
  const Written written_;
  const AnswerKeeper::Found found_;
  OwnedBy<GMainLoop, g_main_loop_unref> loop_;
  Outages outages_;
  RecordedFiles files_;
  std::shared_ptr<Intake> intake_;
  std::optional<guint64> first_number_;         // none: as the look has it
  std::optional<AnswerKeeper> answers_;         // where something is asked
  std::unique_ptr<EncodingPipeline> pipeline_;  // once the streams of the source are known

  Stage stage_ = Stage::kRecording;
  bool has_written_ = false;  // a whole file
  RecordResult result_;
  gint64 begun_ = 0;         // microseconds of the monotonic clock, as are all that follow
  gint64 last_progress_ = 0; /**< when a picture came, a connection was begun, or a file grew */
  gint64 picture_seen_ = 0;  // of this intake
  guint64 pictures_seen_ = 0, frames_seen_ = 0;
  GstClockTime announced_ = GST_CLOCK_TIME_NONE;  // length of the source
  guint retry_ = 0;                               // GSource
  bool is_open_ = false, is_live_ = false;
};

}  // namespace numpro::media
