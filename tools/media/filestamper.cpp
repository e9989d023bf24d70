/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filestamper.h"

#include <glib-unix.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "framespipeline.h"
#include "stamppipeline.h"

namespace numpro::media {

namespace {

constexpr guint kTickMilliseconds = 200;
// In the first of these the error may be on its way that says why.
constexpr int kTicksToHear = 2;

// Without a full stop, as a note has it.
std::string warning_text (GstMessage *message)
{
  std::string text = text_of (message);
  if (text.ends_with ('.'))
    text.pop_back ();
  return text;
}

std::unique_ptr<StampingPipeline> make_pipeline (const StampPlan &plan,
                                                 const std::string &unfinished,
                                                 const StampOptions &options)
{
  if (plan.container)
    return std::make_unique<StampPipeline> (plan.input, unfinished, *plan.container, options.look);
  return std::make_unique<FramesPipeline> (plan.input, unfinished, options.frames, options.look);
}

void remove_output (const std::string &path)
{
  std::error_code error;
  if (std::filesystem::is_directory (path, error))
    FrameDirectory::remove (path);
  else
    std::filesystem::remove (path, error);
}

}  // namespace

std::string unfinished_name (const std::string &output)
{
  const std::filesystem::path path (output);
  return path.parent_path () / (path.stem ().string () + ".part" + path.extension ().string ());
}

FileStamper::FileStamper (StampPlan plan, const StampOptions &options, ProgressDisplay &display,
                          Note note)
    : plan_ (std::move (plan)),
      unfinished_ (unfinished_name (plan_.output)),
      display_ (display),
      note_ (std::move (note)),
      pipeline_ (make_pipeline (plan_, unfinished_, options)),
      loop_ (g_main_loop_new (nullptr, FALSE))
{
}

StampResult FileStamper::run ()
{
  result_.problem = pipeline_->build ();
  if (!result_.problem.empty ())
    return result_;
  begun_ = g_get_monotonic_time ();
  run_pipeline ();
  display_.clear ();
  result_.frames = pipeline_->written ();
  result_.first_number = pipeline_->first_number ();
  result_.last_number = pipeline_->last_number ();
  result_.duration = pipeline_->duration ();
  keep_output ();
  return result_;
}

void FileStamper::run_pipeline ()
{
  const ObjectPtr<GstBus> bus (gst_element_get_bus (pipeline_->get ()));
  gst_bus_add_watch (
      bus.get (),
      [] (GstBus *, GstMessage *message, gpointer self) {
        return static_cast<FileStamper *> (self)->on_message (message);
      },
      this);
  const auto tick = [] (gpointer self) -> gboolean {
    static_cast<FileStamper *> (self)->on_tick ();
    return G_SOURCE_CONTINUE;
  };
  const auto interrupt = [] (gpointer self) -> gboolean {
    static_cast<FileStamper *> (self)->on_signal (SIGINT);
    return G_SOURCE_CONTINUE;
  };
  const auto terminate = [] (gpointer self) -> gboolean {
    static_cast<FileStamper *> (self)->on_signal (SIGTERM);
    return G_SOURCE_CONTINUE;
  };
  const guint sources[] = {g_timeout_add (kTickMilliseconds, tick, this),
                           g_unix_signal_add (SIGINT, interrupt, this),
                           g_unix_signal_add (SIGTERM, terminate, this)};
  // A failure posts a message that says more than the return value.
  gst_element_set_state (pipeline_->get (), GST_STATE_PLAYING);
  g_main_loop_run (loop_.get ());
  gst_element_set_state (pipeline_->get (), GST_STATE_NULL);
  for (const guint source : sources)
    g_source_remove (source);
  gst_bus_remove_watch (bus.get ());
}

// Only what is complete gets the output's name.
void FileStamper::keep_output ()
{
  std::error_code error;
  if (result_.end != StampResult::End::kNone) {
    if (const std::string problem = pipeline_->complete_output (note_); !problem.empty ()) {
      result_.end = StampResult::End::kNone;
      result_.problem = problem;
    }
  }
  switch (result_.end) {
    case StampResult::End::kWhole:
    case StampResult::End::kBrokeOff:
      // A file is replaced; a directory is not.
      if (!plan_.container)
        FrameDirectory::remove (plan_.output);
      std::filesystem::rename (unfinished_, plan_.output, error);
      if (error) {
        result_.end = StampResult::End::kNone;
        result_.problem = plan_.output + ": " + error.message () + ".";
      }
      break;
    case StampResult::End::kInterrupted:
      break;
    case StampResult::End::kNone:
      remove_output (unfinished_);
      break;
  }
}

void FileStamper::stop (StampResult::End end, const std::string &problem)
{
  stage_ = Stage::kOver;
  result_.end = end;
  result_.problem = problem;
  g_main_loop_quit (loop_.get ());
}

gboolean FileStamper::on_message (GstMessage *message)
{
  if (stage_ == Stage::kOver)
    return G_SOURCE_CONTINUE;
  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_EOS:
      on_end ();
      break;
    case GST_MESSAGE_ERROR:
      on_error (message);
      break;
    case GST_MESSAGE_WARNING:
      note_ (warning_text (message));
      break;
    case GST_MESSAGE_APPLICATION:
      if (gst_message_has_name (message, "note"))
        note_ (gst_structure_get_string (gst_message_get_structure (message), "text"));
      else if (gst_message_has_name (message, "no-video"))
        stop (StampResult::End::kNone, plan_.input + " has no picture that could be stamped.");
      break;
    default:
      break;
  }
  return G_SOURCE_CONTINUE;
}

void FileStamper::on_error (GstMessage *message)
{
  const std::string text = text_of (message);
  if (pipeline_->is_from_overlay (message)) {
    stop (StampResult::End::kNone, plan_.input + ": " + text);
  } else if (!pipeline_->is_from_input (message)) {
    stop (StampResult::End::kNone, plan_.output + " cannot be written: " + text);
  } else if (pipeline_->frames () == 0) {
    stop (StampResult::End::kNone, plan_.input + " cannot be read: " + text);
  } else if (stage_ == Stage::kStamping) {
    stage_ = Stage::kFinishing;
    result_.problem = plan_.input + " broke off: " + text;
    pipeline_->end_pictures ();
  }
}

void FileStamper::on_end ()
{
  if (pipeline_->frames () == 0)
    stop (StampResult::End::kNone, plan_.input + " has no frame.");
  else if (result_.signal != 0)
    stop (StampResult::End::kInterrupted,
          plan_.output + " is not complete; what was stamped is in " + unfinished_ + ".");
  else if (!result_.problem.empty ())
    stop (StampResult::End::kBrokeOff, result_.problem);
  else if (const std::string loss = loss_at_end (); !loss.empty ())
    stop (StampResult::End::kBrokeOff, loss);
  else
    stop (StampResult::End::kWhole, "");
}

// Demuxers take the end of a file that was cut off for the end of its streams, and decoders leave
// out what they do not understand.
std::string FileStamper::loss_at_end () const
{
  const GstClockTime stamped = pipeline_->duration ();
  if (const GstClockTime lost = missing (stamped, pipeline_->pictures_read ()); lost > 0)
    return plan_.input + ": the last " + clock_text (lost) + " of its pictures cannot be decoded.";
  const GstClockTime read = std::max (stamped, pipeline_->read_duration ());
  if (const GstClockTime lost = missing (read, pipeline_->announced_duration ()); lost > 0)
    return plan_.input + " breaks off " + clock_text (lost) + " before its end.";
  return {};
}

void FileStamper::on_signal (int number)
{
  // Asked twice: whoever asks does not want to wait for the file.
  if (result_.signal != 0 || pipeline_->frames () == 0) {
    stop (StampResult::End::kNone, plan_.output + " was given up.");
    result_.signal = number;
    return;
  }
  result_.signal = number;
  pipeline_->finish ();
}

void FileStamper::on_tick ()
{
  if (pipeline_->frames () == 0) {
    look_after_input ();
    return;
  }
  const gint64 elapsed = g_get_monotonic_time () - begun_;
  display_.show ({std::filesystem::path (plan_.input).filename (), pipeline_->duration (),
                  pipeline_->announced_duration (),
                  static_cast<GstClockTime> (elapsed) * GST_USECOND});
}

void FileStamper::look_after_input ()
{
  idle_ticks_ = pipeline_->is_reading_over () ? idle_ticks_ + 1 : 0;
  if (idle_ticks_ == kTicksToHear && stage_ == Stage::kStamping)
    stop (StampResult::End::kNone, plan_.input + " cannot be read: nothing in it can be played.");
}

}  // namespace numpro::media
