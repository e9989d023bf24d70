/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include <gst/numpro/numpro.h>

#include "feed.h"
#include "measurements.h"
#include "scratchdirectory.h"
#include "stampedring.h"
#include "tests/support/listeningsocket.h"

namespace numpro::bench {

namespace {

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 640, 360};
constexpr unsigned kFps = 30;
// Before counting begins. Samples may be kept for a minute, and batches may wait.
constexpr unsigned kWarmUpFrames = 100 * kFps, kWarmUpSamples = 600;
constexpr const char *kPulled = "numprosink, bundles and an application that pulls";
constexpr const char *kUnanswered = "numprosink history=0, a model that never answers";

double resident_kilobytes ()
{
  std::ifstream statm ("/proc/self/statm");
  long total = 0, resident = 0;
  statm >> total >> resident;
  return static_cast<double> (resident) * static_cast<double> (sysconf (_SC_PAGESIZE)) / 1024;
}

GstNumproBatch *pull (GstElement *sink)
{
  GstNumproBatch *batch = nullptr;
  g_signal_emit_by_name (sink, "pull-batch", &batch);
  return batch;
}

// An application: takes each batch, and lets go of it, until there are no more. At first it is
// slow, so that as many batches wait as ever will: else what a busy machine delays would look like
// growth.
void pull_batches (GstElement *sink, guint64 &pulled)
{
  while (GstNumproBatch *batch = pull (sink)) {
    if (pulled++ == 0)
      std::this_thread::sleep_for (std::chrono::seconds (2));
    gst_numpro_batch_unref (batch);
  }
}

class Stream
{
 public:
  Stream (Feed &feed, const SinkPace &pace)
      : feed_ (feed), per_sample_ (pace.memory_frames_per_sample), ring_ (kKind, 0)
  {
  }

  bool push (unsigned frames)
  {
    for (unsigned i = 0; i < frames; ++i, ++sent_) {
      const GstClockTime pts = gst_util_uint64_scale (sent_, GST_SECOND, kFps);
      if (!feed_.push (ring_.next (pts, sent_ / per_sample_)))
        return false;
    }
    return true;
  }

 private:
  Feed &feed_;
  unsigned per_sample_, sent_ = 0;
  StampedRing ring_;
};

unsigned warm_up_frames (const SinkPace &pace)
{
  return std::max (kWarmUpFrames, kWarmUpSamples * pace.memory_frames_per_sample);
}

// @return resident memory of the process after the first batches, and as the stream goes on
std::vector<double> watch (Feed &feed, const SinkPace &pace)
{
  constexpr unsigned kLooks = 20;
  Stream stream (feed, pace);
  std::vector<double> resident;
  if (!stream.push (warm_up_frames (pace)))
    return {};
  resident.push_back (resident_kilobytes ());
  for (unsigned i = 0; i < kLooks; ++i) {
    if (!stream.push (pace.memory_frames / kLooks))
      return {};
    resident.push_back (resident_kilobytes ());
  }
  return resident;
}

bool report (const char *subject, const std::vector<double> &resident, Findings &findings)
{
  if (resident.empty ()) {
    g_printerr ("%s failed\n", subject);
    return false;
  }
  findings.add (subject, "KB at first", resident.front ());
  findings.add (subject, "growth at most, KB", std::ranges::max (resident) - resident.front ());
  findings.add (subject, "growth at the end, KB", resident.back () - resident.front ());
  findings.aim_at_most (subject, "growth at most, KB", 1024);
  return true;
}

bool measure_pulled (const SinkPace &pace, Findings &findings)
{
  const ScratchDirectory scratch;
  Feed feed ("numprosink name=sink max-edge=336 max-bundles=4 location=" + scratch.make ("bundles"),
             kKind);
  if (!feed.start ())
    return false;
  guint64 pulled = 0;
  std::thread application ([&] { pull_batches (feed.sink (), pulled); });
  const std::vector<double> resident = watch (feed, pace);
  feed.end ();
  application.join ();
  findings.add (kPulled, "batches", static_cast<double> (pulled));
  return pulled > 0 && report (kPulled, resident, findings);
}

bool measure_unanswered (const SinkPace &pace, Findings &findings)
{
  const ListeningSocket silent;
  // How many samples history has depends on how many give way: on what else the machine does.
  Feed feed (
      "numprosink name=sink max-edge=336 leaky-type=downstream history=0 question=x model=x "
      "endpoint=" +
          silent.endpoint (),
      kKind);
  if (!feed.start ())
    return false;
  const std::vector<double> resident = watch (feed, pace);
  findings.add (kUnanswered, "batches", static_cast<double> (feed.stat ("batches")));
  return feed.stat ("dropped") > 0 && report (kUnanswered, resident, findings);
}

}  // namespace

bool measure_memory (const SinkPace &pace, Findings &findings)
{
  findings.begin (
      {"memory", "Resident memory of the process over " + std::to_string (pace.memory_frames) +
                     " frames (640x360 I420, a sample of every " +
                     std::to_string (pace.memory_frames_per_sample) +
                     ", images of 336 pixels, batches of 32, max-bundles=4), after the first " +
                     std::to_string (warm_up_frames (pace)) + "."});
  return measure_pulled (pace, findings) && measure_unanswered (pace, findings);
}

}  // namespace numpro::bench
