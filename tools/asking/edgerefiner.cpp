/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "edgerefiner.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "batchcopy.h"
#include "windowreader.h"

namespace numpro::asking {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kTick = 100ms;

bool is_there (GstNumproBundleDir *dir, guint64 number)
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir, number));
  return g_file_test (gst_numpro_bundle_get_path (bundle.get ()), G_FILE_TEST_IS_DIR);
}

// The rate at which a part of the recording has no more frames than a window.
std::string rate_within (GstClockTime length, const std::string &rate, guint batch_size)
{
  if (length / period_of (rate) < batch_size)
    return rate;
  return std::to_string (guint64 (batch_size) * 1000) + "/" +
         std::to_string (length / GST_MSECOND + 1);
}

}  // namespace

EdgeRefiner::EdgeRefiner (const Subject &subject, const AskOptions &options,
                          const AskSettings &settings, Interruption &interruption,
                          media::ProgressDisplay &display, Note note)
    : subject_ (subject),
      options_ (options),
      settings_ (settings),
      interruption_ (interruption),
      display_ (display),
      note_ (std::move (note)),
      begun_ (g_get_monotonic_time ())
{
}

// Where a window has too few frames for the rate that is wanted, it is come to in several rounds.
std::string EdgeRefiner::run (GstNumproTimeline *timeline)
{
  // From key frame to key frame it may be two periods.
  GstClockTime step = period_of (options_.rate) * (options_.is_coarse ? 2 : 1);
  std::string problem;
  for (int round = 1; problem.empty () && interruption_.signal () == 0; ++round) {
    rate_ = rate_within (kEdgeSteps * step, options_.refined_rate, options_.batch_size ());
    if (period_of (rate_) >= step)
      break;
    problem = refine_once (timeline, step, round);
    step = period_of (rate_);
  }
  display_.clear ();
  return problem;
}

std::string EdgeRefiner::refine_once (GstNumproTimeline *timeline, GstClockTime step, int round)
{
  dir_.reset (gst_numpro_bundle_dir_new (
      (std::filesystem::path (subject_.directory) / ("edges-" + std::to_string (round))).c_str ()));
  GError *error = nullptr;
  if (!gst_numpro_bundle_dir_prepare (dir_.get (), &error))
    return std::string (ErrorPtr (error)->message) + ".";
  // All of them before the first is added, which may join or part events.
  std::vector<std::pair<std::string, std::vector<Section>>> wanted;
  for (guint i = 0; i < gst_numpro_timeline_get_n_questions (timeline); ++i)
    wanted.emplace_back (gst_numpro_timeline_get_question (timeline, i),
                         edges_of (timeline, i, step));
  std::string problem;
  for (const auto &[question, edges] : wanted) {
    WindowAsker asker (settings_, BundleDirPtr (gst_numpro_bundle_dir_ref (dir_.get ())),
                       {question});
    if (std::string why = ask_about (edges, asker); !why.empty ())
      problem = why;
    const std::size_t refined = asker.add_answered_to (timeline);
    if (problem.empty () && refined < edges.size ())
      problem = subject_.name + ": " + std::to_string (edges.size () - refined) + " of " +
                std::to_string (edges.size ()) + " edges could not be refined (" + question + ").";
  }
  return problem;
}

std::string EdgeRefiner::ask_about (const std::vector<Section> &edges, WindowAsker &asker)
{
  std::string problem;
  for (const Section &edge : edges) {
    // Not its start, which is 0 for all that are near the beginning.
    const guint64 number = edge.end / GST_MSECOND;
    while (goes_on (edge.start) && !asker.wait_for_room (kTick)) {
    }
    if (!goes_on (edge.start) || !asker.absence ().empty ())
      break;
    std::string why = is_there (dir_.get (), number) ? "" : make_window (edge, number);
    if (why.empty ())
      asker.ask (number);
    else
      problem = std::move (why);
  }
  while (!asker.wait_until_settled (kTick)) {
    if (!goes_on (0) && interruption_.is_repeated ())
      asker.cancel ();
  }
  for (const std::string &news : asker.take_news ())
    note_ (news);
  return problem;
}

std::string EdgeRefiner::make_window (const Section &edge, guint64 number)
{
  WindowPipeline pipeline;
  Sampling sampling = subject_.sampling;
  sampling.rate = rate_;
  if (std::string problem = pipeline.build (subject_.video, sampling, options_.element);
      !problem.empty ())
    return problem;
  pipeline.limit_to (edge);
  bool is_made = false;
  const auto keep = [&] (BatchPtr batch) -> std::string {
    GError *error = nullptr;
    const BatchPtr named = renumbered (batch.get (), number);
    if (!std::exchange (is_made, true))
      gst_numpro_bundle_dir_write (dir_.get (), named.get (), nullptr, 0, nullptr, &error);
    return error ? "A window could not be written: " + std::string (ErrorPtr (error)->message) + "."
                 : "";
  };
  std::string problem =
      read_windows (pipeline, subject_.name, {keep, [&] { return goes_on (edge.start); }, note_});
  if (problem.empty () && !is_made && interruption_.signal () == 0)
    return subject_.name + " has no frames around an edge.";
  return problem;
}

bool EdgeRefiner::goes_on (GstClockTime at)
{
  const gint64 elapsed = g_get_monotonic_time () - begun_;
  if (at > 0)
    display_.show (
        {"edges", at, subject_.facts.duration, static_cast<GstClockTime> (elapsed) * GST_USECOND});
  return interruption_.signal () == 0;
}

}  // namespace numpro::asking
