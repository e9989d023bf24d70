/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "eventclips.h"

#include <filesystem>
#include <utility>

#include "eventfiles.h"
#include "outputs.h"

namespace numpro::asking {

namespace {

namespace fs = std::filesystem;

}  // namespace

EventClips::EventClips (const Subject &subject, const AskOptions &options,
                        Interruption &interruption, media::ProgressDisplay &display, Note note)
    : subject_ (subject),
      options_ (options),
      interruption_ (interruption),
      display_ (display),
      note_ (std::move (note)),
      cut_ (options.are_clips_copied ? media::ClipCut::kCopied : media::ClipCut::kExact)
{
}

void EventClips::write (GstNumproTimeline *timeline,
                        const std::function<void (const std::string &)> &failed)
{
  const std::string prefix = event_prefix (options_.clips, subject_.name);
  const char *extension = media::clip_extension (cut_, subject_.facts.turn);
  for (guint question = 0; question < gst_numpro_timeline_get_n_questions (timeline); ++question) {
    const guint events = gst_numpro_timeline_get_n_events (timeline, question);
    for (guint i = 0; i < events && interruption_.signal () == 0; ++i) {
      const GstNumproSpan &span = gst_numpro_timeline_get_event (timeline, question, i)->span;
      if (!GST_CLOCK_TIME_IS_VALID (span.start))
        continue;
      const std::string path = event_file (prefix, question, i, extension);
      std::string problem = obstacle_to (path);
      if (problem.empty ())
        problem = write_clip (span, path);
      display_.clear ();
      if (!problem.empty ())
        failed (problem);
    }
  }
}

// A clip of a clip may have the name of another.
std::string EventClips::obstacle_to (const std::string &path) const
{
  std::error_code ignored;
  for (const std::string &video : options_.videos) {
    if (fs::equivalent (video, path, ignored))
      return path + " is a recording that is asked about; name another directory with --clips.";
  }
  return {};
}

std::string EventClips::write_clip (const GstNumproSpan &span, const std::string &path)
{
  const gint64 begun = g_get_monotonic_time ();
  const GstClockTime end = std::min (span.end, subject_.facts.duration);
  const GstClockTime length =
      GST_CLOCK_TIME_IS_VALID (end) && end > span.start ? end - span.start : GST_CLOCK_TIME_NONE;
  const auto show = [&] (GstClockTime time) {
    const gint64 elapsed = g_get_monotonic_time () - begun;
    display_.show ({fs::path (path).filename (), time > span.start ? time - span.start : 0, length,
                    static_cast<GstClockTime> (elapsed) * GST_USECOND});
  };
  return media::write_clip (
      {subject_.video, path, span.start, span.end, subject_.facts.has_numbers}, cut_,
      subject_.facts.turn,
      {[this] { return interruption_.signal () == 0; }, show,
       [this] (const std::string &text) { note_once (text); }});
}

// What is said of one clip of a recording holds for the others.
void EventClips::note_once (const std::string &text)
{
  if (noted_.insert (text).second)
    note_ (text);
}

}  // namespace numpro::asking
