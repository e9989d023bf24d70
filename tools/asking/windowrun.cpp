/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "windowrun.h"
#include "batchcopy.h"
#include "edges.h"

#include <cerrno>
#include <filesystem>

namespace numpro::asking {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kTick = 100ms;
constexpr char kCompleteName[] = "complete";

std::string complete_path (const Subject &subject)
{
  return std::filesystem::path (subject.directory) / kCompleteName;
}

bool is_there (GstNumproBundleDir *dir, guint64 window)
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir, window));
  return g_file_test (gst_numpro_bundle_get_path (bundle.get ()), G_FILE_TEST_IS_DIR);
}

}  // namespace

bool has_all_windows (const Subject &subject)
{
  return subject.video.empty () ||
         g_file_test (complete_path (subject).c_str (), G_FILE_TEST_EXISTS);
}

GstClockTime length_of_pictures (const Subject &subject)
{
  char *text = nullptr;
  if (!subject.video.empty ())
    g_file_get_contents (complete_path (subject).c_str (), &text, nullptr, nullptr);
  const TextPtr owned (text);
  const guint64 length = text ? g_ascii_strtoull (text, nullptr, 10) : 0;
  return length > 0 ? length : subject.facts.duration;
}

WindowRun::WindowRun (const Subject &subject, const AskOptions &options, WindowAsker &asker,
                      GstNumproBundleDir *dir, Interruption &interruption,
                      media::ProgressDisplay &display, Note note)
    : subject_ (subject),
      options_ (options),
      asker_ (asker),
      dir_ (dir),
      interruption_ (interruption),
      display_ (display),
      note_ (std::move (note)),
      begun_ (g_get_monotonic_time ())
{
}

std::string WindowRun::run ()
{
  std::string problem;
  if (has_all_windows (subject_))
    ask_about_what_is_there ();
  else
    problem = make_windows ();
  while (!asker_.wait_until_settled (kTick)) {
    goes_on ();
    if (interruption_.is_repeated ())
      asker_.cancel ();
  }
  goes_on ();
  display_.clear ();
  return problem;
}

void WindowRun::ask_about_what_is_there ()
{
  gsize count = 0;
  const OwnedBy<guint64, g_free> windows (gst_numpro_bundle_dir_list (dir_, &count));
  for (gsize i = 0; i < count && goes_on (); ++i)
    ask (windows.get ()[i]);
}

// Those that are there from an earlier call are the same, and are not written again.
std::string WindowRun::make_windows ()
{
  WindowPipeline pipeline;
  if (std::string problem = pipeline.build (subject_.video, subject_.sampling, options_.element);
      !problem.empty ())
    return problem;
  using Choice = media::CodedFrameFilter::Choice;
  pipeline.decode_few (options_.is_coarse ? Choice::kKeyFrame : Choice::kFirst);
  std::string problem = read_windows (pipeline, subject_.name,
                                      {[this] (BatchPtr batch) { return keep (std::move (batch)); },
                                       [this] { return goes_on (); }, note_});
  if (problem.empty () && goes_on ()) {
    GError *error = nullptr;
    // A file that is cut off has as many pictures as it says it is long.
    const bool is_whole = media::missing (pipeline.read_duration (), subject_.facts.duration) == 0;
    const std::string length = is_whole ? std::to_string (pipeline.pictures_read ()) : "";
    if (!g_file_set_contents (complete_path (subject_).c_str (), length.c_str (), -1, &error))
      problem = std::string (ErrorPtr (error)->message) + ".";
  }
  return problem;
}

std::string WindowRun::keep (BatchPtr batch)
{
  if (options_.is_coarse)
    batch =
        without_holes (batch.get (), period_of (subject_.sampling.rate), subject_.facts.duration);
  const guint64 window = gst_numpro_ledger_get_batch (gst_numpro_batch_get_ledger (batch.get ()));
  GError *error = nullptr;
  if (!is_there (dir_, window) &&
      !gst_numpro_bundle_dir_write (dir_, batch.get (), nullptr, 0, nullptr, &error))
    return "A window could not be written: " + std::string (ErrorPtr (error)->message) + ".";
  batch.reset ();
  ask (window);
  return {};
}

void WindowRun::ask (guint64 window)
{
  while (!asker_.wait_for_room (kTick)) {
    if (!goes_on ())
      return;
  }
  asker_.ask (window);
}

// Looks after all that is to be looked after now and then.
bool WindowRun::goes_on ()
{
  for (const std::string &news : asker_.take_news ())
    note_ (news);
  const gint64 elapsed = g_get_monotonic_time () - begun_;
  display_.show ({std::filesystem::path (subject_.name).filename (), asker_.answered_until (),
                  subject_.facts.duration, static_cast<GstClockTime> (elapsed) * GST_USECOND});
  return interruption_.signal () == 0 && asker_.absence ().empty ();
}

}  // namespace numpro::asking
