/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recorder.h"

#include <glib-unix.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "progressline.h"

namespace numpro::media {

namespace {

constexpr GstClockTime kTestSourceLimit = 12 * GST_SECOND;
constexpr GstClockTime kEndlessLimit = 30 * GST_SECOND;
constexpr guint kTickMilliseconds = 250;
constexpr guint kTicksPerSecond = 1000 / kTickMilliseconds;
constexpr guint kSecondsPerLine = 5;  // of progress, where it cannot be written in place
// An input that says nothing for so long is gone, a file that is not finished by then stuck.
constexpr guint kPatienceTicks = 30 * kTicksPerSecond;

}  // namespace

Recorder::Recorder (RecordingPlan plan)
    : plan_ (std::move (plan)),
      pipeline_ (plan_),
      loop_ (g_main_loop_new (nullptr, FALSE)),
      shows_progress_in_place_ (isatty (STDOUT_FILENO))
{
  if (plan_.limit)
    set_limit (*plan_.limit);
  else if (plan_.input.is_endless ())
    set_limit (plan_.input.is_test_source () ? kTestSourceLimit : kEndlessLimit);
}

Recording Recorder::run ()
{
  if (const std::string problem = pipeline_.build (); !problem.empty ()) {
    recording_.problem = problem;
    return recording_;
  }

  const ObjectPtr<GstBus> bus (gst_element_get_bus (pipeline_.get ()));
  gst_bus_add_watch (
      bus.get (),
      [] (GstBus *, GstMessage *message, gpointer self) -> gboolean {
        static_cast<Recorder *> (self)->on_message (message);
        return G_SOURCE_CONTINUE;
      },
      this);
  const GSourceFunc stop = [] (gpointer self) -> gboolean {
    static_cast<Recorder *> (self)->on_signal ();
    return G_SOURCE_CONTINUE;
  };
  const guint sources[] = {
      g_unix_signal_add (SIGINT, stop, this),
      g_unix_signal_add (SIGTERM, stop, this),
      g_timeout_add (
          kTickMilliseconds,
          [] (gpointer self) -> gboolean {
            static_cast<Recorder *> (self)->on_tick ();
            return G_SOURCE_CONTINUE;
          },
          this),
  };

  // A failure posts a message that says more than the return value.
  gst_element_set_state (pipeline_.get (), GST_STATE_PLAYING);
  g_main_loop_run (loop_.get ());
  gst_element_set_state (pipeline_.get (), GST_STATE_NULL);
  for (const guint source : sources)
    g_source_remove (source);
  gst_bus_remove_watch (bus.get ());

  if (pipeline_.frames () > 0)
    show_progress ();
  if (shows_progress_in_place_)
    std::printf ("\n");
  recording_.frames = pipeline_.frames ();
  recording_.first_number = pipeline_.first_number ();
  recording_.last_number = pipeline_.last_number ();
  recording_.duration = pipeline_.duration ();
  if (recording_.end == Recording::End::kNone && recording_.frames == 0) {
    std::error_code ignored;
    std::filesystem::remove (plan_.location, ignored);
    std::filesystem::remove (plan_.bundles, ignored);
  }
  return recording_;
}

void Recorder::set_limit (GstClockTime limit)
{
  is_limit_known_ = true;
  pipeline_.set_limit (limit);
}

void Recorder::finish (const std::string &problem)
{
  if (stage_ != Stage::kRecording)
    return;
  if (pipeline_.frames () == 0) {
    give_up (problem.empty () ? plan_.input.name () + " had no frame yet." : problem);
    return;
  }
  recording_.problem = problem;
  stage_ = Stage::kFinishing;
  ticks_without_frames_ = 0;
  pipeline_.send_end ();
}

void Recorder::give_up (const std::string &problem)
{
  stage_ = Stage::kOver;
  pipeline_.stop_intake ();
  recording_.end = Recording::End::kNone;
  recording_.problem = problem;
  g_main_loop_quit (loop_.get ());
}

void Recorder::on_end ()
{
  if (pipeline_.frames () == 0) {
    give_up (plan_.input.name () + " has no frame.");
    return;
  }
  if (stage_ == Stage::kRecording)
    recording_.problem = early_end ();
  recording_.end =
      recording_.problem.empty () ? Recording::End::kWhole : Recording::End::kSourceFailed;
  stage_ = Stage::kOver;
  g_main_loop_quit (loop_.get ());
}

// A file that was cut off ends without an error: its own account of its length tells.
std::string Recorder::early_end () const
{
  const std::optional<GstClockTime> expected = pipeline_.announced_duration ();
  const GstClockTime recorded = pipeline_.duration ();
  if (!expected || recorded + GST_SECOND >= *expected - *expected / 20)
    return {};
  return plan_.input.name () + " broke off: it ended after " + clock_text (recorded) + " of " +
         clock_text (*expected) + ".";
}

// The text of a message, without the secrets of the input's address.
std::string Recorder::redacted_text_of (GstMessage *message) const
{
  return plan_.input.redacted (text_of (message));
}

void Recorder::on_error (GstMessage *message)
{
  const std::string text = redacted_text_of (message);
  if (!pipeline_.is_from_source (message))
    give_up ("Recording failed: " + text);
  else if (pipeline_.frames () > 0)
    finish (plan_.input.name () + " broke off: " + text);
  else
    finish (plan_.input.name () + " cannot be recorded: " + text);
}

void Recorder::on_message (GstMessage *message)
{
  if (stage_ == Stage::kOver)
    return;
  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_EOS:
      on_end ();
      break;
    case GST_MESSAGE_ERROR:
      on_error (message);
      break;
    case GST_MESSAGE_WARNING:
      std::fprintf (stderr, "Warning: %s\n", redacted_text_of (message).c_str ());
      break;
    case GST_MESSAGE_ELEMENT:
      if (gst_message_has_name (message, "numpro/batch"))
        on_batch (gst_message_get_structure (message));
      break;
    case GST_MESSAGE_APPLICATION:
      if (gst_message_has_name (message, "limit"))
        finish ();
      else if (gst_message_has_name (message, "no-video"))
        finish (plan_.input.name () + " has no video.");
      break;
    case GST_MESSAGE_LATENCY:
      gst_bin_recalculate_latency (GST_BIN (pipeline_.get ()));
      break;
    default:
      break;
  }
}

void Recorder::on_batch (const GstStructure *batch)
{
  Bundles &bundles = recording_.bundles;
  guint count = 0;
  GstClockTime start = GST_CLOCK_TIME_NONE;
  gst_structure_get (batch, "count", G_TYPE_UINT, &count, "start", G_TYPE_UINT64, &start, nullptr);
  if (bundles.count == 0)
    bundles.start = start;
  ++bundles.count;
  bundles.images += count;
  bundles.last = gst_structure_get_string (batch, "location");
}

void Recorder::on_signal ()
{
  // Asked twice: whoever asks does not want to wait for the file.
  if (stage_ == Stage::kFinishing)
    give_up ("Stopped before the file was finished.");
  else
    finish ();
}

void Recorder::on_tick ()
{
  ++ticks_;
  const guint64 frames = pipeline_.frames ();
  if (frames > 0) {
    find_limit ();
    if (shows_progress_in_place_ || ticks_ % (kSecondsPerLine * kTicksPerSecond) == 0)
      show_progress ();
  }

  ticks_without_frames_ = frames == frames_at_last_tick_ ? ticks_without_frames_ + 1 : 0;
  frames_at_last_tick_ = frames;
  if (ticks_without_frames_ < kPatienceTicks)
    return;
  if (stage_ == Stage::kFinishing)
    give_up ("The file could not be finished in time.");
  else
    finish (plan_.input.name () + " sent no frame for " +
            std::to_string (kPatienceTicks / kTicksPerSecond) + " seconds.");
}

// Nobody would stop an address that turns out to be live or without an end.
void Recorder::find_limit ()
{
  if (is_limit_known_ || plan_.input.is_file ())
    return;
  is_limit_known_ = true;
  if (pipeline_.is_source_endless ())
    set_limit (kEndlessLimit);
}

void Recorder::show_progress ()
{
  const std::string recorded = clock_text (pipeline_.duration ());
  std::printf ("%s  recorded %s, number %" G_GUINT64_FORMAT "%s",
               shows_progress_in_place_ ? "\r" : "", recorded.c_str (), pipeline_.last_number (),
               shows_progress_in_place_ ? " " : "\n");
  std::fflush (stdout);
}

}  // namespace numpro::media
