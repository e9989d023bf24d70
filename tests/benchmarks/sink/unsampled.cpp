/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <functional>
#include <memory>

#include "clocks.h"
#include "feed.h"
#include "measurements.h"
#include "stampedring.h"

namespace numpro::bench {

namespace {

struct Entrant {
  const char *label, *launch;
  bool new_numbers = false;  // with every frame
  std::unique_ptr<Feed> feed;
  std::vector<double> cpu;   // of a frame, one for each round
  std::vector<double> wall;  // of every single frame
  guint64 slot = 0;
};

std::vector<Entrant> entrants ()
{
  std::vector<Entrant> all (3);
  all[0].label = "fakesink";
  all[0].launch = kFakesink;
  all[1].label = "numprosink, number seen before";
  all[1].launch = "numprosink name=sink";
  all[2].label = "numprosink, left out by sample-rate";
  all[2].launch = "numprosink name=sink sample-rate=1/1000000";
  all[2].new_numbers = true;
  return all;
}

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 1920, 1080};

// The first frame is a sample, whatever comes then.
bool start (Entrant &entrant, StampedRing &ring)
{
  entrant.feed = std::make_unique<Feed> (entrant.launch, kKind);
  return entrant.feed->start () && entrant.feed->push (ring.next (0, 0));
}

bool take_turn (Entrant &entrant, StampedRing &ring, unsigned frames)
{
  const Microseconds start = thread_cpu_time ();
  for (unsigned i = 0; i < frames; ++i) {
    if (!entrant.feed->push (ring.next (0, entrant.slot += entrant.new_numbers)))
      return false;
  }
  entrant.cpu.push_back ((thread_cpu_time () - start).count () / frames);
  for (unsigned i = 0; i < frames; ++i) {
    GstBuffer *frame = ring.next (0, entrant.slot += entrant.new_numbers);
    const Microseconds before = wall_time ();
    if (!entrant.feed->push (frame))
      return false;
    entrant.wall.push_back ((wall_time () - before).count ());
  }
  return true;
}

void report (const std::vector<Entrant> &all, Findings &findings)
{
  const Entrant &floor = all.front ();
  for (const Entrant &entrant : all) {
    const bool is_floor = &entrant == &floor;
    std::vector<double> over (entrant.cpu.size ());
    std::ranges::transform (entrant.cpu, floor.cpu, over.begin (), std::minus ());
    findings.add (entrant.label, "CPU µs", Summary::of (entrant.cpu));
    if (!is_floor)
      findings.add (entrant.label, "over fakesink, CPU µs", Summary::of (over));
    findings.add (entrant.label, "median µs", percentile (entrant.wall, 0.5));
    findings.add (entrant.label, "p99.9 µs", percentile (entrant.wall, 0.999));
    if (!is_floor) {
      findings.aim_at_most (entrant.label, "over fakesink, CPU µs", 1);
      // A new number has to be told from the last one; a sample is not to be mistaken for none.
      findings.add (entrant.label, "samples", static_cast<double> (entrant.feed->stat ("samples")));
      findings.aim_at_most (entrant.label, "samples", 1);
    }
  }
}

}  // namespace

bool measure_unsampled (const SinkPace &pace, Findings &findings)
{
  findings.begin (
      {"unsampled frame",
       "A 1920x1080 frame that is no sample, on the streaming thread. CPU time is read around " +
           std::to_string (pace.render_frames) + " frames (median ± median absolute deviation of " +
           std::to_string (pace.render_rounds) +
           " rounds in turn); median and p99.9 are of single frames by the clock on the wall, with "
           "what reading it takes."});
  StampedRing ring (kKind, pace.ring_bytes);
  std::vector<Entrant> all = entrants ();
  if (!ring || !std::ranges::all_of (all, [&] (Entrant &entrant) { return start (entrant, ring); }))
    return false;
  for (unsigned round = 0; round < pace.render_rounds; ++round) {
    for (Entrant &entrant : all) {
      if (!take_turn (entrant, ring, pace.render_frames)) {
        g_printerr ("%s failed\n", entrant.label);
        return false;
      }
    }
  }
  report (all, findings);
  return true;
}

}  // namespace numpro::bench
