/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <functional>
#include <memory>
#include <thread>

#include "clocks.h"
#include "feed.h"
#include "imageway.h"
#include "measurements.h"
#include "opencvimages.h"
#include "scratchdirectory.h"
#include "stampedring.h"

namespace numpro::bench {

namespace {

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 1920, 1080};
constexpr int kEdges[] = {672, 336};
constexpr unsigned kFps = 30;

struct Entrant {
  const ImageWay *way;
  std::unique_ptr<Feed> feed;
  unsigned frames;                  // seen so far
  std::vector<double> cpu, stream;  // CPU time of a sample, one for each round
};

guint64 images_made (const Entrant &entrant)
{
  if (entrant.way->is_numprosink)
    return entrant.feed->stat ("delivered");
  gint index = 0;
  g_object_get (entrant.feed->sink (), "index", &index, nullptr);
  return static_cast<guint64> (index);
}

// A turn is a batch. @return whether its images are files
bool wait_for_batch (const Entrant &entrant)
{
  for (unsigned i = 0; i < 10000; ++i) {
    if (images_made (entrant) >= entrant.frames / kFps)
      return true;
    std::this_thread::sleep_for (std::chrono::milliseconds (1));
  }
  return false;
}

// Frames of so many seconds of video.
bool take_turn (Entrant &entrant, StampedRing &ring, unsigned seconds)
{
  const Microseconds cpu = process_cpu_time (), stream = thread_cpu_time ();
  for (unsigned i = 0; i < seconds * kFps; ++i, ++entrant.frames) {
    if (!entrant.feed->push (ring.next (entrant.frames * GST_SECOND / kFps, entrant.frames)))
      return false;
  }
  const Microseconds stream_end = thread_cpu_time ();
  if (!wait_for_batch (entrant))
    return false;
  entrant.cpu.push_back ((process_cpu_time () - cpu).count () / seconds);
  entrant.stream.push_back ((stream_end - stream).count () / seconds);
  return true;
}

bool race (std::vector<Entrant> &all, StampedRing &ring, const SinkPace &pace)
{
  // The first round is for everybody's caches and memory.
  for (unsigned round = 0; round <= pace.cost_rounds; ++round) {
    for (Entrant &entrant : all) {
      if (!take_turn (entrant, ring, pace.cost_samples)) {
        g_printerr ("%s failed\n", entrant.way->label);
        return false;
      }
    }
  }
  for (Entrant &entrant : all) {
    entrant.cpu.erase (entrant.cpu.begin ());
    entrant.stream.erase (entrant.stream.begin ());
  }
  return true;
}

Summary times (const std::vector<double> &cpu, const std::vector<double> &floor)
{
  std::vector<double> ratios (cpu.size ());
  std::ranges::transform (cpu, floor, ratios.begin (), std::divides ());
  return Summary::of (ratios);
}

void report (const std::vector<Entrant> &all, const std::string &to, Findings &findings)
{
  const Entrant &numprosink = all.front ();
  for (const Entrant &entrant : all) {
    const char *label = entrant.way->label;
    findings.add (label, to + "CPU µs", Summary::of (entrant.cpu));
    findings.add (label, to + "times numprosink's", times (entrant.cpu, numprosink.cpu));
    findings.add (label, to + "on the streaming thread", Summary::of (entrant.stream));
  }
  for (const char *label : {kJpegenc, kJpegencUnnamed})
    findings.aim_at_least (label, to + "times numprosink's", 2);
}

bool race_to (int edge, StampedRing &ring, const SinkPace &pace, Findings &findings)
{
  const ScratchDirectory scratch;
  std::vector<Entrant> all;
  for (const ImageWay &way : image_ways ()) {
    const std::string directory = scratch.make (std::to_string (all.size ()));
    const std::string launch = way.launch_line ({kKind, edge, directory, "1/1", pace.cost_samples});
    all.push_back ({&way, std::make_unique<Feed> (launch, kKind), 0, {}, {}});
    if (!way.caps_name_colors)
      all.back ().feed->leave_colors_unnamed ();
    if (!all.back ().feed->start ()) {
      g_printerr ("%s did not start\n", way.label);
      return false;
    }
  }
  if (!race (all, ring, pace))
    return false;
  report (all, "to " + std::to_string (edge) + ", ", findings);
  return true;
}

bool measure_opencv (StampedRing &ring, const SinkPace &pace, Findings &findings)
{
  const ScratchDirectory scratch;
  const OpencvImages opencv (ring.frames (), kKind, scratch.make ("frames"));
  for (const int edge : kEdges) {
    const auto cpu =
        opencv.run (edge, pace.cost_samples, pace.cost_rounds, scratch.make ("images"));
    if (!cpu) {
      g_printerr ("%s failed\n", OpencvImages::kLabel);
      return false;
    }
    const std::string to = "to " + std::to_string (edge) + ", ";
    const Figure *numprosink = findings.find ("image", kNumprosink, to + "CPU µs");
    const Summary summary = Summary::of (*cpu);
    findings.add (OpencvImages::kLabel, to + "CPU µs", summary);
    findings.add (OpencvImages::kLabel, to + "times numprosink's",
                  summary.median / numprosink->value);
  }
  return true;
}

}  // namespace

bool measure_images (const SinkPace &pace, Findings &findings)
{
  findings.begin (
      {"image",
       "CPU time of all threads for one JPEG file (quality 90, in /dev/shm) each second of "
       "1920x1080 I420 video at 30 fps, the 29 frames that are left out included; median ± "
       "median absolute deviation of " +
           std::to_string (pace.cost_rounds) + " rounds of " + std::to_string (pace.cost_samples) +
           " images in turn."});
  StampedRing ring (kKind, pace.ring_bytes);
  if (!ring)
    return false;
  for (const int edge : kEdges) {
    if (!race_to (edge, ring, pace, findings))
      return false;
  }
  if (OpencvImages::installed ())
    return measure_opencv (ring, pace, findings);
  findings.remark (std::string (OpencvImages::kLabel) + ": not measured, it needs " +
                   OpencvImages::kNeeds + ".");
  return true;
}

}  // namespace numpro::bench
