/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clocks.h"
#include "feed.h"
#include "measurements.h"
#include "stampedring.h"

namespace numpro::bench {

namespace {

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 1920, 1080};

bool push_all (Feed &feed, StampedRing &ring, std::size_t frames, unsigned numbers)
{
  for (std::size_t i = 0; i < frames; ++i) {
    if (!feed.push (ring.next (0, i * numbers)))
      return false;
  }
  return true;
}

}  // namespace

bool run_for_profiler (bool sampled, std::size_t frames)
{
  StampedRing ring (kKind);
  // Nobody pulls: batches give way.
  Feed feed ("numprosink name=sink leaky-type=downstream", kKind);
  if (!ring || !feed.start () || !push_all (feed, ring, 1, 0))
    return false;
  const Microseconds start = thread_cpu_time ();
  if (!push_all (feed, ring, frames, sampled ? 1 : 0))
    return false;
  const Microseconds spent = thread_cpu_time () - start;
  g_print ("%zu %s frames, %.3f microseconds each on the streaming thread\n", frames,
           sampled ? "sampled" : "unsampled", spent.count () / static_cast<double> (frames));
  return true;
}

}  // namespace numpro::bench
