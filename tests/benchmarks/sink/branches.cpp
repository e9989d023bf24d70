/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <thread>

#include "clocks.h"
#include "feed.h"
#include "measurements.h"
#include "scene.h"
#include "scratchdirectory.h"

namespace numpro::bench {

namespace {

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 1920, 1080};
constexpr unsigned kBranches = 16;
constexpr unsigned kFps = 30;
constexpr unsigned kCameraFrames = 31;  // used in turn; not to be in the cache

// A branch that falls behind by more frames than its queue holds makes the source late.
std::string make_launch (const std::string &branch)
{
  std::string launch = "tee name=tee";
  for (unsigned i = 0; i < kBranches; ++i) {
    std::string text = branch;
    for (std::size_t at; (at = text.find ("%N")) != std::string::npos;)
      text.replace (at, 2, std::to_string (i));
    launch += " tee. ! queue max-size-buffers=3 max-size-bytes=0 max-size-time=0 ! " + text;
  }
  return launch;
}

struct Run {
  double cores = 0;          // CPU time of all threads per time that went by
  double source_cores = 0;   // of the thread that sends the frames
  std::vector<double> late;  // milliseconds, of each frame, when tee had passed it on
};

std::vector<BufferPtr> camera_frames ()
{
  const Scene scene (kKind);
  std::vector<BufferPtr> frames;
  for (unsigned i = 0; i < kCameraFrames; ++i)
    frames.push_back (scene.frame (i));
  return frames;
}

// Frames as a camera sends them. They share memory with the camera's, and go to all branches: each
// branch has to copy what it draws on.
bool send (Feed &feed, const std::vector<BufferPtr> &camera, unsigned seconds, Run &run)
{
  const Microseconds cpu = process_cpu_time (), source_cpu = thread_cpu_time ();
  const auto start = std::chrono::steady_clock::now ();
  for (unsigned i = 0; i < seconds * kFps; ++i) {
    const GstClockTime pts = gst_util_uint64_scale (i, GST_SECOND, kFps);
    const auto due = start + std::chrono::nanoseconds (pts);
    std::this_thread::sleep_until (due);
    GstBuffer *frame = gst_buffer_copy (camera[i % camera.size ()].get ());
    GST_BUFFER_PTS (frame) = pts;
    GST_BUFFER_DURATION (frame) = GST_SECOND / kFps;
    if (!feed.push (frame))
      return false;
    run.late.push_back (
        std::chrono::duration<double, std::milli> (std::chrono::steady_clock::now () - due)
            .count ());
  }
  const Microseconds went_by = std::chrono::steady_clock::now () - start;
  run.cores = (process_cpu_time () - cpu) / went_by;
  run.source_cores = (thread_cpu_time () - source_cpu) / went_by;
  return true;
}

void report (const char *label, const Run &run, Findings &findings)
{
  findings.add (label, "of two cores, %", run.cores / 2 * 100);
  findings.add (label, "source late by p99.9, ms", percentile (run.late, 0.999));
  findings.add (label, "at most, ms", std::ranges::max (run.late));
}

bool fail (const char *label)
{
  g_printerr ("%s failed\n", label);
  return false;
}

// Without samples: what the whole has to be compared with.
bool measure_part (const char *label, const std::string &branch,
                   const std::vector<BufferPtr> &camera, unsigned seconds, Run &run,
                   Findings &findings)
{
  Feed feed (make_launch (branch), kKind);
  feed.set_live ();
  if (!feed.start () || !send (feed, camera, seconds, run))
    return fail (label);
  feed.end ();
  report (label, run, findings);
  return true;
}

guint64 sum_of (const Feed &feed, const char *stat)
{
  guint64 sum = 0;
  for (unsigned i = 0; i < kBranches; ++i)
    sum += feed.stat (stat, "sink" + std::to_string (i));
  return sum;
}

constexpr const char *kWhole = "with numproverlay and numprosink";

bool measure_whole (const std::vector<BufferPtr> &camera, const SinkPace &pace, Run &run,
                    Findings &findings)
{
  const ScratchDirectory scratch;
  Feed feed (make_launch ("numproverlay numbering=time ! numprosink name=sink%N sample-rate=1/1 "
                          "batch-size=" +
                          std::to_string (pace.branch_batch) +
                          " location=" + scratch.make ("bundles") + "/%N"),
             kKind);
  feed.set_live ();
  if (!feed.start () || !send (feed, camera, pace.seconds_whole, run))
    return fail (kWhole);
  const unsigned batches = pace.seconds_whole / pace.branch_batch * kBranches;
  report (kWhole, run, findings);
  findings.aim_at_most (kWhole, "at most, ms", 1000.0 / kFps);
  findings.add (kWhole, "samples lacking",
                pace.seconds_whole * kBranches - static_cast<double> (sum_of (feed, "samples")));
  findings.aim_at_most (kWhole, "samples lacking", 0);
  findings.add (kWhole, "samples dropped", static_cast<double> (sum_of (feed, "samples-dropped")));
  findings.aim_at_most (kWhole, "samples dropped", 0);
  findings.add (kWhole, "batches", static_cast<double> (sum_of (feed, "batches")));
  findings.aim_at_least (kWhole, "batches", batches);
  feed.end ();
  return true;
}

void report_shares (const Run &bare, const Run &stamped, const Run &whole, Findings &findings)
{
  const auto share = [&] (const char *label, double cores) {
    findings.add (label, "of two cores, %", cores / 2 * 100);
  };
  share ("- of it source and tee", whole.source_cores);
  share ("- of it stamping (copies of frames included)", stamped.cores - bare.cores);
  share ("- of it sampling (to bundles on disk)", whole.cores - stamped.cores);
}

}  // namespace

bool measure_branches (const SinkPace &pace, Findings &findings)
{
  findings.begin (
      {"16 branches",
       "One live 1920x1080 I420 source at 30 fps, tee, sixteen branches of queue (3 frames), "
       "numproverlay numbering=time and numprosink sample-rate=1/1 with bundles of " +
           std::to_string (pace.branch_batch) + ", for " + std::to_string (pace.seconds_whole) +
           " s in real time; and the same with fakesink in place of what is not named, for " +
           std::to_string (pace.seconds_part) +
           " s. CPU time of all threads; shares are differences between these runs."});
  const std::vector<BufferPtr> camera = camera_frames ();
  Run bare, stamped, whole;
  if (!measure_part ("source, tee, queues", kFakesink, camera, pace.seconds_part, bare, findings) ||
      !measure_part ("with numproverlay",
                     std::string ("numproverlay numbering=time ! ") + kFakesink, camera,
                     pace.seconds_part, stamped, findings) ||
      !measure_whole (camera, pace, whole, findings))
    return false;
  report_shares (bare, stamped, whole, findings);
  return true;
}

}  // namespace numpro::bench
