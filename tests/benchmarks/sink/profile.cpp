/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <iterator>

#include "clocks.h"
#include "feed.h"
#include "measurements.h"
#include "stampedring.h"

namespace numpro::bench {

namespace {

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 1920, 1080};

struct Kind {
  std::string_view name;
  const char *launch;
  unsigned new_numbers;  // with every frame
};

// Nobody pulls: batches give way.
constexpr const char *kNumprosink = "numprosink leaky-type=downstream";

constexpr Kind kKinds[] = {
    {"sampled", kNumprosink, 1},
    {"unsampled", kNumprosink, 0},
    {"fakesink", kFakesink, 0},
};

// What a profiler is to look at.
[[gnu::noinline]] bool push_all (Feed &feed, StampedRing &ring, std::size_t frames,
                                 unsigned new_numbers)
{
  for (std::size_t i = 1; i <= frames; ++i) {
    if (!feed.push (ring.next (0, i * new_numbers)))
      return false;
  }
  return true;
}

}  // namespace

bool can_profile (std::string_view kind)
{
  return std::ranges::find (kKinds, kind, &Kind::name) != std::end (kKinds);
}

bool run_for_profiler (std::string_view name, std::size_t frames)
{
  const Kind &kind = *std::ranges::find (kKinds, name, &Kind::name);
  StampedRing ring (kKind);
  Feed feed (kind.launch, kKind);
  // The first frame is a sample, whatever comes then.
  if (!ring || !feed.start () || !feed.push (ring.next (0, 0)))
    return false;
  const Microseconds start = thread_cpu_time ();
  if (!push_all (feed, ring, frames, kind.new_numbers))
    return false;
  const Microseconds spent = thread_cpu_time () - start;
  g_print ("%s: %zu frames, %.3f microseconds each on the streaming thread\n", kind.name.data (),
           frames, spent.count () / static_cast<double> (frames));
  return true;
}

}  // namespace numpro::bench
