/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "coverage.h"

#include <algorithm>

namespace numpro {

void Coverage::add (const AskedSamples &asked)
{
  for (const Extent &sample : asked.samples) {
    const auto [first, end] = samples_.equal_range (sample.from);
    const auto same = std::find_if (first, end, [&sample] (const auto &known) {
      return share_time (known.second.extent, sample);
    });
    if (same == end) {
      samples_.emplace (sample.from, Known{asked.state, sample});
      continue;
    }
    // The better known a state is the lower its value.
    same->second.state = std::min (same->second.state, asked.state);
    same->second.extent.add (sample);
  }
}

bool Coverage::is_asked_between (guint64 after, guint64 before) const
{
  const auto next = samples_.upper_bound (after);
  return next != samples_.end () && next->first < before;
}

bool Coverage::is_unknown_between (guint64 after, guint64 before) const
{
  for (auto at = samples_.upper_bound (after); at != samples_.end () && at->first < before; ++at) {
    if (at->second.state != GST_NUMPRO_STRETCH_STATE_ANSWERED)
      return true;
  }
  return false;
}

void Coverage::end_at_next (Extent &extent) const
{
  const auto next = samples_.upper_bound (extent.to);
  if (next == samples_.end () || !GST_CLOCK_TIME_IS_VALID (extent.span.start))
    return;
  for (auto at = next; at != samples_.end () && at->first == next->first; ++at) {
    const GstNumproSpan &after = at->second.extent.span;
    if (!GST_CLOCK_TIME_IS_VALID (after.start) || after.start <= extent.span.start ||
        after.start >= extent.span.end)
      continue;
    extent.span.end = after.start;
    extent.span.utc_end = after.utc_start;
  }
}

std::vector<Coverage::Known> Coverage::stretches () const
{
  std::vector<Known> stretches;
  for (const auto &[slot, known] : samples_) {
    // Not always the last one: pieces of a stream may have the same slots.
    const auto before = std::find_if (
        stretches.rbegin (), stretches.rend (),
        [&known] (const Known &stretch) { return follows (stretch.extent, known.extent); });
    if (before != stretches.rend () && before->state == known.state)
      before->extent.add (known.extent);
    else
      stretches.push_back (known);
  }
  return stretches;
}

}  // namespace numpro
