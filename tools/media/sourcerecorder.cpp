/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sourcerecorder.h"

#include <glib-unix.h>

#include <csignal>
#include <filesystem>

namespace numpro::media {

namespace {

constexpr guint kTickMilliseconds = 200;
// A camera that says nothing for so long is gone.
constexpr gint64 kPatience = 10 * G_USEC_PER_SEC;
// The first picture may take longer, and a file that is not finished by then is stuck.
constexpr gint64 kLongPatience = 30 * G_USEC_PER_SEC;
// As long as numprosink waits for answers at the end of the stream.
constexpr gint64 kPatienceForAnswers = 120 * G_USEC_PER_SEC;
// Streams that are not known so long after the first picture are not waited for.
constexpr gint64 kPatienceForStreams = 2 * G_USEC_PER_SEC;

std::string log_beside (const std::string &output)
{
  return std::filesystem::path (output).replace_extension (".log");
}

}  // namespace

SourceRecorder::SourceRecorder (RecordPlan plan, const OverlayOptions &look,
                                ProgressDisplay &display, Note note, Written written,
                                AnswerKeeper::Found found)
    : plan_ (std::move (plan)),
      look_ (look),
      display_ (display),
      note_ (std::move (note)),
      written_ (std::move (written)),
      found_ (std::move (found)),
      loop_ (g_main_loop_new (nullptr, FALSE)),
      outages_ (plan_.input.name (), log_beside (plan_.output), note_),
      files_ (plan_.output, plan_.segment.has_value ())
{
}

SourceRecorder::~SourceRecorder ()
{
  if (retry_ != 0)
    g_source_remove (retry_);
  // What waits for room in the pipeline goes on when there is none any more.
  pipeline_.reset ();
}

RecordResult SourceRecorder::run ()
{
  begun_ = g_get_monotonic_time ();
  if (!plan_.questions.texts.empty ())
    answers_.emplace (plan_.questions.texts.size (), files_, plan_.questions.location, note_,
                      [this] (const std::string &question, const GstNumproSpan &span) {
                        on_found (question, span);
                      });
  go_on_counting ();
  if (connect ())
    run_loop ();
  display_.clear ();
  return result_;
}

// When a file is read says nothing of when its pictures were taken.
void SourceRecorder::on_found (const std::string &question, GstNumproSpan span)
{
  if (!is_live_)
    span.utc_start = span.utc_end = GST_CLOCK_TIME_NONE;
  found_ (question, span);
}

// Behind the numbers of earlier runs, unless the first one was named.
void SourceRecorder::go_on_counting ()
{
  if (files_.earlier ().empty () || look_.text_of ("start") ||
      look_.text_of ("numbering") == "recorded")
    return;
  const std::optional<guint64> last = EarlierFiles (files_.earlier ()).last_slot ();
  if (!last || *last == G_MAXUINT64)
    return;
  first_number_ = *last + 1;
  note_ ("numbers go on from " + std::to_string (*first_number_) +
         ", behind those of the files that are there");
}

void SourceRecorder::run_loop ()
{
  const auto tick = [] (gpointer self) -> gboolean {
    static_cast<SourceRecorder *> (self)->on_tick ();
    return G_SOURCE_CONTINUE;
  };
  const auto interrupt = [] (gpointer self) -> gboolean {
    static_cast<SourceRecorder *> (self)->on_signal (SIGINT);
    return G_SOURCE_CONTINUE;
  };
  const auto terminate = [] (gpointer self) -> gboolean {
    static_cast<SourceRecorder *> (self)->on_signal (SIGTERM);
    return G_SOURCE_CONTINUE;
  };
  const guint sources[] = {g_timeout_add (kTickMilliseconds, tick, this),
                           g_unix_signal_add (SIGINT, interrupt, this),
                           g_unix_signal_add (SIGTERM, terminate, this)};
  g_main_loop_run (loop_.get ());
  if (pipeline_) {
    gst_element_set_state (pipeline_->get (), GST_STATE_NULL);
    const ObjectPtr<GstBus> bus (gst_element_get_bus (pipeline_->get ()));
    gst_bus_remove_watch (bus.get ());
  }
  if (intake_)
    gst_bus_remove_watch (intake_->bus ());
  // A camera is told that nobody watches any more before this process ends.
  intake_.reset ();
  for (const guint source : sources)
    g_source_remove (source);
}

bool SourceRecorder::connect ()
{
  intake_ = Intake::make (plan_.input, result_.problem);
  if (!intake_)
    return false;
  gst_bus_add_watch (
      intake_->bus (),
      [] (GstBus *, GstMessage *message, gpointer self) -> gboolean {
        static_cast<SourceRecorder *> (self)->on_intake_message (message);
        return G_SOURCE_CONTINUE;
      },
      this);
  is_open_ = false;
  pictures_seen_ = 0;
  picture_seen_ = 0;
  last_progress_ = g_get_monotonic_time ();
  intake_->start ();
  return true;
}

void SourceRecorder::disconnect ()
{
  gst_bus_remove_watch (intake_->bus ());
  Intake::let_go (std::move (intake_));
  intake_.reset ();
}

void SourceRecorder::try_to_open ()
{
  if (stage_ != Stage::kRecording || is_open_ || !intake_ || !intake_->has_picture ())
    return;
  const gint64 now = g_get_monotonic_time ();
  if (picture_seen_ == 0)
    picture_seen_ = now;
  // Later connections have to do with the streams that the first one had.
  if (!pipeline_ && !intake_->are_streams_known () && now - picture_seen_ < kPatienceForStreams)
    return;
  if (!pipeline_) {
    if (const std::string problem = begin_recording (); !problem.empty ()) {
      stop (RecordResult::End::kNone, problem);
      return;
    }
  }
  is_open_ = true;
  intake_->open (*pipeline_);
  outages_.note_return ();
}

std::string SourceRecorder::begin_recording ()
{
  is_live_ = intake_->is_endless ();
  pipeline_ = std::make_unique<EncodingPipeline> (
      EncodingPlan{
          .look = look_,
          .has_sound = intake_->has_sound (),
          .is_live = is_live_,
          // The numbers of a camera begin with its first picture.
          .base_time = is_live_ ? intake_->first_picture_time () : intake_->base_time (),
          .duration = plan_.duration,
          .segment = plan_.segment,
          .first_number = first_number_,
          .questions = plan_.questions,
      },
      files_);
  if (const std::string problem = pipeline_->build (); !problem.empty ()) {
    pipeline_.reset ();
    return problem;
  }
  const ObjectPtr<GstBus> bus (gst_element_get_bus (pipeline_->get ()));
  gst_bus_add_watch (
      bus.get (),
      [] (GstBus *, GstMessage *message, gpointer self) -> gboolean {
        static_cast<SourceRecorder *> (self)->on_message (message);
        return G_SOURCE_CONTINUE;
      },
      this);
  announced_ = intake_->announced_duration ();
  pipeline_->start ();
  return {};
}

// The text of a message, without the secrets of the source's address.
std::string SourceRecorder::redacted_text_of (GstMessage *message) const
{
  return plan_.input.redacted (text_of (message));
}

void SourceRecorder::stop (RecordResult::End end, const std::string &problem)
{
  stage_ = Stage::kOver;
  result_.end = end;
  result_.problem = problem;
  g_main_loop_quit (loop_.get ());
}

void SourceRecorder::finish ()
{
  if (stage_ != Stage::kRecording)
    return;
  stage_ = Stage::kFinishing;
  last_progress_ = g_get_monotonic_time ();
  if (retry_ != 0)
    g_source_remove (retry_);
  retry_ = 0;
  pipeline_->finish ();
}

void SourceRecorder::on_intake_message (GstMessage *message)
{
  if (stage_ != Stage::kRecording)
    return;
  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_EOS:
      on_source_end ();
      break;
    case GST_MESSAGE_ERROR:
      on_failure (redacted_text_of (message));
      break;
    case GST_MESSAGE_APPLICATION:
      if (gst_message_has_name (message, "no-video"))
        on_failure ("it has no picture.");
      else
        try_to_open ();
      break;
    default:
      break;
  }
}

void SourceRecorder::on_source_end ()
{
  if (!intake_->has_picture ())
    on_failure ("it has no frame.");
  else if (intake_->is_endless ())
    on_failure ("it ended.");
  else {
    result_.problem = early_end ();
    stage_ = Stage::kFinishing;  // the pipeline has had the end of each stream
    last_progress_ = g_get_monotonic_time ();
  }
}

// A file that was cut off ends without an error: its own account of its length tells.
std::string SourceRecorder::early_end () const
{
  const GstClockTime recorded = pipeline_->duration ();
  if (!GST_CLOCK_TIME_IS_VALID (announced_) ||
      recorded + GST_SECOND >= announced_ - announced_ / 20)
    return {};
  return plan_.input.name () + " broke off: it ended after " + clock_text (recorded) + " of " +
         clock_text (announced_) + ".";
}

void SourceRecorder::on_failure (const std::string &why)
{
  const std::string &name = plan_.input.name ();
  if (!pipeline_) {
    stop (RecordResult::End::kNone, name + " cannot be recorded: " + why);
  } else if (!intake_ || intake_->is_endless () || outages_.is_away ()) {
    if (intake_)
      disconnect ();
    // Texts of messages end with a full stop, notes do not.
    const guint delay = outages_.note_failure (why.substr (0, why.find_last_not_of ('.') + 1));
    const auto retry = [] (gpointer data) -> gboolean {
      auto *self = static_cast<SourceRecorder *> (data);
      self->retry_ = 0;
      if (!self->connect ())
        self->on_failure (self->result_.problem);
      return G_SOURCE_REMOVE;
    };
    retry_ = g_timeout_add (delay, retry, this);
  } else {
    result_.problem = name + " broke off: " + why;
    finish ();
  }
}

void SourceRecorder::on_message (GstMessage *message)
{
  if (stage_ == Stage::kOver)
    return;
  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_EOS:
      on_end ();
      break;
    case GST_MESSAGE_ERROR:
      on_output_failure (redacted_text_of (message));
      break;
    case GST_MESSAGE_WARNING:
      note_ (redacted_text_of (message));
      break;
    case GST_MESSAGE_APPLICATION:
      if (gst_message_has_name (message, "limit"))
        finish ();
      break;
    case GST_MESSAGE_ELEMENT:
      if (gst_message_has_name (message, "splitmuxsink-fragment-closed"))
        on_closed (gst_structure_get_string (gst_message_get_structure (message), "location"));
      else if (answers_)
        answers_->note_message (message);
      break;
    case GST_MESSAGE_LATENCY:
      gst_bin_recalculate_latency (GST_BIN (pipeline_->get ()));
      break;
    default:
      break;
  }
}

// A file that nothing could be written to is none.
void SourceRecorder::on_output_failure (const std::string &why)
{
  const std::string output = files_.current ();
  std::error_code ignored;
  const bool is_empty = std::filesystem::exists (output, ignored) &&
                        std::filesystem::file_size (output, ignored) == 0;
  if (is_empty)
    std::filesystem::remove (output, ignored);
  const bool is_there = pipeline_->frames () > 0 && (has_written_ || !is_empty);
  stop (is_there ? RecordResult::End::kBrokeOff : RecordResult::End::kNone,
        (output.empty () ? plan_.output : output) + " cannot be written: " + why);
}

void SourceRecorder::on_closed (const char *location)
{
  const std::optional<RecordedFile> file = files_.take (location);
  if (!file || file->frames == 0)
    return;
  has_written_ = true;
  written_ (*file);
  if (answers_)
    answers_->note_closed (*file);
}

void SourceRecorder::on_end ()
{
  if (const guint64 left_out = pipeline_->left_out (); left_out > 0)
    note_ ("pictures that were left out, as encoding or writing was too slow for them: " +
           std::to_string (left_out));
  if (const guint64 untimely = pipeline_->untimely (); untimely > 0)
    note_ ("pictures that were left out, as their times were not later than those before: " +
           std::to_string (untimely));
  stage_ = Stage::kKeepingAnswers;
  if (answers_)
    answers_->note_end ();
  end ();
}

// When the answers are where they belong.
void SourceRecorder::end ()
{
  if (answers_ && !answers_->is_idle ())
    return;
  if (answers_ && result_.problem.empty ())
    result_.problem = answers_->shortfall ();
  stop (result_.problem.empty () ? RecordResult::End::kWhole : RecordResult::End::kBrokeOff,
        result_.problem);
}

void SourceRecorder::on_signal (int number)
{
  const bool is_repeated = result_.signal != 0;
  result_.signal = number;
  if (!pipeline_)
    stop (RecordResult::End::kNone, plan_.input.name () + " had no picture yet.");
  else if (stage_ == Stage::kKeepingAnswers)
    stop (RecordResult::End::kBrokeOff, "The answers are beside the recording, not all are in it.");
  else if (is_repeated)
    // Whoever asks twice does not want to wait for the file.
    stop (RecordResult::End::kBrokeOff,
          files_.current () + " was not finished; it can be played up to where it ends.");
  else
    finish ();
}

// Answers are waited for at the end.
gint64 SourceRecorder::patience_for_end () const
{
  return answers_ ? kLongPatience + kPatienceForAnswers : kLongPatience;
}

void SourceRecorder::on_tick ()
{
  try_to_open ();
  const gint64 now = g_get_monotonic_time ();
  if (pipeline_ && pipeline_->frames () != frames_seen_) {
    frames_seen_ = pipeline_->frames ();
    if (stage_ == Stage::kFinishing)
      last_progress_ = now;
  }
  show_progress ();
  if (stage_ == Stage::kRecording)
    look_after_source ();
  else if (stage_ == Stage::kKeepingAnswers)
    end ();
  else if (stage_ == Stage::kFinishing && now - last_progress_ > patience_for_end ())
    stop (RecordResult::End::kBrokeOff, files_.current () + " could not be finished in time.");
}

void SourceRecorder::look_after_source ()
{
  if (!intake_)
    return;
  const gint64 now = g_get_monotonic_time ();
  if (intake_->pictures () != pictures_seen_) {
    pictures_seen_ = intake_->pictures ();
    last_progress_ = now;
  }
  // What waits for room here is not a source's fault; only one without an end is never held up.
  if (is_open_ && !intake_->is_endless ())
    return;
  const gint64 patience = pipeline_ ? kPatience : kLongPatience;
  if (now - last_progress_ > patience)
    on_failure ("it sent no picture for " + std::to_string (patience / G_USEC_PER_SEC) +
                " seconds.");
}

void SourceRecorder::show_progress ()
{
  if (!pipeline_)
    return;
  const gint64 elapsed = g_get_monotonic_time () - begun_;
  display_.show ({std::filesystem::path (plan_.output).filename (), pipeline_->duration (),
                  std::min (announced_, plan_.duration.value_or (GST_CLOCK_TIME_NONE)),
                  static_cast<GstClockTime> (elapsed) * GST_USECOND});
}

}  // namespace numpro::media
