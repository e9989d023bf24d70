/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gopfilter.h"

#include <algorithm>
#include <utility>

namespace numpro::asking {

void GopFilter::add (BufferPtr frame, GstClockTime time)
{
  // Shown before the key frame, it may need frames that were left out (an open group of pictures).
  const bool is_leading =
      GST_CLOCK_TIME_IS_VALID (time) && GST_CLOCK_TIME_IS_VALID (key_frame_) && time < key_frame_;
  if (is_whole_ || !is_leading)
    frames_.push_back ({std::move (frame), time});
}

std::vector<BufferPtr> GopFilter::finish (GstClockTime next)
{
  std::vector<Frame> frames = std::exchange (frames_, {});
  const std::size_t needed = count_needed (frames, next);
  is_whole_ = needed == frames.size ();
  std::vector<BufferPtr> coded;
  for (std::size_t i = 0; i < needed; ++i)
    coded.push_back (std::move (frames[i].coded));
  return coded;
}

// Up to the first frame of the last period that no key frame is in. What is coded behind that frame
// it does not need.
std::size_t GopFilter::count_needed (const std::vector<Frame> &frames, GstClockTime next) const
{
  // Of what has no times nothing is known.
  const auto is_timed = [] (const Frame &frame) { return GST_CLOCK_TIME_IS_VALID (frame.time); };
  if (!GST_CLOCK_TIME_IS_VALID (key_frame_) ||
      !std::all_of (frames.begin (), frames.end (), is_timed))
    return frames.size ();
  guint64 last = period_at (key_frame_);
  std::size_t needed = 0;
  GstClockTime first = GST_CLOCK_TIME_NONE;
  for (std::size_t i = 0; i < frames.size (); ++i) {
    const GstClockTime time = frames[i].time;
    const guint64 period = period_at (time);
    if (time < key_frame_ || (GST_CLOCK_TIME_IS_VALID (next) && period >= period_at (next)))
      continue;
    if (period > last || (period == last && needed > 0 && time < first)) {
      last = period;
      first = time;
      needed = i + 1;
    }
  }
  return needed;
}

void GopFilter::begin (GstClockTime key_frame)
{
  key_frame_ = key_frame;
}

}  // namespace numpro::asking
