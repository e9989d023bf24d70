/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framerun.h"

#include <algorithm>

#include "framerhythm.h"

namespace numpro {

void FrameRun::note (GstClockTime time, GstClockTime length, GstClockTime interval)
{
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return;
  if (!GST_CLOCK_TIME_IS_VALID (from_))
    from_ = until_ = due_ = time;
  // Where frames turn out to have become so slow it was none.
  if (!FrameRhythm::is_hole (hole_, interval))
    hole_ = 0;
  const GstClockTime late = time - std::min (time, due_);
  if (FrameRhythm::is_hole (late, interval))
    hole_ = std::max (hole_, late);
  until_ = std::max (until_, time + length);
  const bool stands_in = length == 0 && GST_CLOCK_TIME_IS_VALID (interval);
  due_ = std::max (until_, time + (stands_in ? interval : 0));
}

ShownStretch FrameRun::stretch (GstClockTime interval) const
{
  if (!GST_CLOCK_TIME_IS_VALID (from_) || FrameRhythm::is_hole (hole_, interval))
    return {};
  return {from_, until_};
}

}  // namespace numpro
