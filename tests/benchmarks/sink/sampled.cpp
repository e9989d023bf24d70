/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <memory>
#include <thread>

#include "clocks.h"
#include "feed.h"
#include "measurements.h"
#include "scratchdirectory.h"
#include "slowdisk.h"
#include "stampedring.h"
#include "tests/support/listeningsocket.h"

namespace numpro::bench {

namespace {

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 1920, 1080};

// From one frame to the next, whichever sink gets it.
constexpr std::chrono::milliseconds kTick (3);

struct Entrant {
  std::string label;
  std::unique_ptr<Feed> feed;
  std::vector<double> cpu, wall;  // of single frames
};

// As in a live pipeline, where the oldest batch gives way.
std::unique_ptr<Feed> make_feed (int max_edge, const std::string &way_out)
{
  return std::make_unique<Feed> (
      "numprosink name=sink leaky-type=downstream batch-size=8 max-bundles=4 max-edge=" +
          std::to_string (max_edge) + " " + way_out,
      kKind);
}

std::vector<Entrant> entrants (const ScratchDirectory &scratch, const std::string &slow,
                               const ListeningSocket &silent)
{
  std::vector<Entrant> all;
  for (const int edge : {672, 336}) {
    const std::string name = "to " + std::to_string (edge);
    all.push_back ({name + ", bundles",
                    make_feed (edge, "location=" + scratch.make ("fast-" + std::to_string (edge))),
                    {},
                    {}});
    all.push_back ({name + ", bundles to a slow disk",
                    make_feed (edge, "location=" + slow + "/" + std::to_string (edge)),
                    {},
                    {}});
    all.push_back ({name + ", no application pulls", make_feed (edge, {}), {}, {}});
    all.push_back ({name + ", a model that never answers",
                    make_feed (edge, "question=x model=x endpoint=" + silent.endpoint ()),
                    {},
                    {}});
  }
  return all;
}

bool push (Entrant &entrant, GstBuffer *frame)
{
  const Microseconds wall = wall_time (), cpu = thread_cpu_time ();
  if (!entrant.feed->push (frame))
    return false;
  entrant.cpu.push_back ((thread_cpu_time () - cpu).count ());
  entrant.wall.push_back ((wall_time () - wall).count ());
  return true;
}

bool run (std::vector<Entrant> &all, const SinkPace &pace, StampedRing &ring)
{
  auto next = std::chrono::steady_clock::now ();
  for (unsigned i = 0; i < pace.paced_samples; ++i) {
    for (Entrant &entrant : all) {
      std::this_thread::sleep_until (next += kTick);
      if (!push (entrant, ring.next (i * GST_SECOND / 30, i))) {
        g_printerr ("%s failed\n", entrant.label.c_str ());
        return false;
      }
    }
  }
  return true;
}

void report (const Entrant &entrant, Findings &findings)
{
  findings.add (entrant.label, "CPU µs", Summary::of (entrant.cpu));
  findings.add (entrant.label, "p99.9, CPU µs", percentile (entrant.cpu, 0.999));
  findings.add (entrant.label, "median µs", percentile (entrant.wall, 0.5));
  findings.add (entrant.label, "p99.9 µs", percentile (entrant.wall, 0.999));
  findings.aim_at_most (entrant.label, "p99.9 µs", 2000);
  findings.add (entrant.label, "longest µs", std::ranges::max (entrant.wall));
  findings.add (entrant.label, "samples", static_cast<double> (entrant.feed->stat ("samples")));
  findings.add (entrant.label, "of them dropped",
                static_cast<double> (entrant.feed->stat ("samples-dropped")));
}

}  // namespace

bool measure_sampled (const SinkPace &pace, Findings &findings)
{
  const ScratchDirectory scratch;
  const std::string slow = scratch.make ("slow");
  const ListeningSocket silent;
  std::vector<Entrant> all = entrants (scratch, slow, silent);
  const auto period = kTick.count () * static_cast<long> (all.size ());
  findings.begin ({"sampled frame",
                   "A 1920x1080 I420 frame that is a sample, on the streaming thread, from pad to "
                   "pad. Sinks take turns; each gets a sample every " +
                       std::to_string (period) +
                       " ms, from a ring that is larger than the cache. " +
                       "Batches of 8, leaky-type=downstream. On the slow disk each fsync() takes " +
                       std::to_string (SlowDisk::kDelay.count ()) +
                       " ms. CPU time is median ± median absolute deviation; median, p99.9 and "
                       "longest are by the clock on the wall."});
  StampedRing ring (kKind, pace.ring_bytes);
  if (!ring)
    return false;
  for (Entrant &entrant : all) {
    if (!entrant.feed->start ()) {
      g_printerr ("%s did not start\n", entrant.label.c_str ());
      return false;
    }
  }
  SlowDisk::slow_down (slow);
  if (!run (all, pace, ring))
    return false;
  for (const Entrant &entrant : all)
    report (entrant, findings);
  if (SlowDisk::delayed () == 0) {
    g_printerr ("the slow disk was not slow\n");
    return false;
  }
  return true;
}

}  // namespace numpro::bench
