/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "asksession.h"

#include <unistd.h>

#include <cstdio>

#include "edgerefiner.h"
#include "eventclips.h"
#include "eventsheet.h"
#include "eventtable.h"
#include "outputs.h"
#include "tools/commands/command.h"

namespace numpro::asking {

namespace {

// A terminal has so many columns; what is no terminal has room for all.
int columns_of_output ()
{
  return isatty (STDOUT_FILENO) ? media::columns_of (STDOUT_FILENO) : G_MAXINT;
}

// Locks the directory, so that two calls do not ask the same. Returns what is wrong, or nothing.
std::string prepare_directory (GstNumproBundleDir *dir, const std::string &path)
{
  GError *error = nullptr;
  if (gst_numpro_bundle_dir_prepare (dir, &error))
    return {};
  const ErrorPtr why (error);
  if (g_error_matches (why.get (), G_IO_ERROR, G_IO_ERROR_BUSY))
    return path + " is in use: " + why->message + ". Wait for the other call to end.";
  return path + " cannot be written to: " + why->message + ".";
}

}  // namespace

AskSession::AskSession (const AskOptions &options, const AskSettings &settings)
    : options_ (options), settings_ (settings), display_ (STDERR_FILENO)
{
}

AskSize AskSession::prepare ()
{
  AskSize whole;
  std::vector<Subject> named;
  for (const std::string &video : options_.videos)
    named.push_back (subject_of_video (video, options_, settings_.model));
  if (!options_.bundles.empty ())
    named.push_back (subject_of_bundles (options_.bundles));
  for (Subject &subject : named) {
    if (!subject.facts.problem.empty ()) {
      std::fprintf (stderr, "%s\n", subject.facts.problem.c_str ());
      is_incomplete_ = true;
      continue;
    }
    const AskSize size = size_of (subject, options_, settings_);
    std::fprintf (stderr, "%s: %s.\n", subject.name.c_str (), size.text ().c_str ());
    whole += size;
    subjects_.push_back (std::move (subject));
  }
  if (subjects_.size () > 1)
    std::fprintf (stderr, "Together: %s.\n", whole.text ().c_str ());
  return whole;
}

int AskSession::run ()
{
  Interruption interruption;
  for (const Subject &subject : subjects_) {
    if (interruption.signal () != 0)
      break;
    ask_about (subject, interruption);
  }
  signal_ = interruption.signal ();
  return exit_status ();
}

int AskSession::exit_status () const
{
  if (signal_ != 0)
    return 128 + signal_;
  if (!is_incomplete_)
    return kExitDone;
  return has_results_ ? kExitPartly : kExitFailed;
}

void AskSession::note (const std::string &text)
{
  display_.clear ();
  // Warnings of elements are whole sentences.
  std::fprintf (stderr, text.ends_with ('.') ? "%s\n" : "%s.\n", text.c_str ());
}

void AskSession::ask_about (const Subject &subject, Interruption &interruption)
{
  BundleDirPtr dir (gst_numpro_bundle_dir_new (subject.directory.c_str ()));
  std::string problem = prepare_directory (dir.get (), subject.directory);
  if (!problem.empty ()) {
    std::fprintf (stderr, "%s\n", problem.c_str ());
    is_incomplete_ = true;
    return;
  }
  WindowAsker asker (settings_, BundleDirPtr (gst_numpro_bundle_dir_ref (dir.get ())),
                     options_.questions);
  problem = WindowRun (subject, options_, asker, dir.get (), interruption, display_,
                       [&] (const std::string &text) { note (subject.name + ": " + text); })
                .run ();
  if (!problem.empty ())
    std::fprintf (stderr, "%s\n", problem.c_str ());
  if (const std::string absence = asker.absence (); !absence.empty ())
    std::fprintf (stderr, "%s: %s. The same command asks what is left.\n", subject.name.c_str (),
                  absence.c_str ());
  const TimelinePtr timeline = asker.timeline ();
  const guint questions = gst_numpro_timeline_get_n_questions (timeline.get ());
  // Where there is no question nothing could be asked at all.
  is_incomplete_ |= !problem.empty () || questions == 0;
  const Coverage coverage = {length_of_pictures (subject), period_of (options_.rate)};
  for (guint i = 0; i < questions; ++i)
    is_incomplete_ |= !is_all_known (timeline.get (), i, coverage);
  if (interruption.signal () == 0 && !options_.refined_rate.empty () && !subject.video.empty ())
    refine (timeline.get (), subject, interruption);
  if (interruption.signal () != 0) {
    std::fprintf (stderr, "%s: interrupted; the same command goes on from here.\n",
                  subject.name.c_str ());
    return;
  }
  problem = write (timeline.get (), subject, coverage);
  has_results_ |= problem.empty () && asker.counts ().answered > 0;
  if (problem.empty () && !options_.sheets.empty ())
    problem = draw (timeline.get (), subject);
  if (!problem.empty ()) {
    std::fprintf (stderr, "%s\n", problem.c_str ());
    is_incomplete_ = true;
  }
  if (!options_.clips.empty ())
    cut_clips (timeline.get (), subject, interruption);
}

void AskSession::cut_clips (GstNumproTimeline *timeline, const Subject &subject,
                            Interruption &interruption)
{
  EventClips (subject, options_, interruption, display_, [&] (const std::string &text) {
    note (subject.name + ": " + text);
  }).write (timeline, [this] (const std::string &problem) {
    std::fprintf (stderr, "%s\n", problem.c_str ());
    is_incomplete_ = true;
  });
  if (interruption.signal () != 0)
    std::fprintf (stderr, "%s: interrupted; the same command writes the clips again.\n",
                  subject.name.c_str ());
}

std::string AskSession::draw (GstNumproTimeline *timeline, const Subject &subject)
{
  return draw_event_sheets (timeline, subject.directory, period_of (options_.rate),
                            event_prefix (options_.sheets, subject.name));
}

void AskSession::refine (GstNumproTimeline *timeline, const Subject &subject,
                         Interruption &interruption)
{
  const std::string problem =
      EdgeRefiner (subject, options_, settings_, interruption, display_,
                   [&] (const std::string &text) { note (subject.name + ": " + text); })
          .run (timeline);
  if (problem.empty () || interruption.signal () != 0)
    return;
  std::fprintf (stderr, "%s\n", problem.c_str ());
  is_incomplete_ = true;
}

std::string AskSession::write (GstNumproTimeline *timeline, const Subject &subject,
                               const Coverage &coverage)
{
  if (options_.formats.empty ()) {
    std::printf ("%s\n", subject.name.c_str ());
    for (guint i = 0; i < gst_numpro_timeline_get_n_questions (timeline); ++i)
      std::printf ("%s", event_table (timeline, i, coverage, columns_of_output ()).c_str ());
    flush_output ();
    return {};
  }
  for (const std::string &format : options_.formats) {
    GError *error = nullptr;
    const TextPtr text (gst_numpro_timeline_to_text (
        timeline, find_format (format)->format, subject.facts.fps_n, subject.facts.fps_d, &error));
    if (!text)
      return subject.name + " as " + format + ": " + ErrorPtr (error)->message + ".";
    if (options_.output.empty ()) {
      std::fputs (text.get (), stdout);
      flush_output ();
      continue;
    }
    if (std::string problem =
            write_output (output_path (options_, subject.name, format), text.get ());
        !problem.empty ())
      return problem;
  }
  return {};
}

}  // namespace numpro::asking
