/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "history.h"

#include <algorithm>

#include "rowtimes.h"
#include "window.h"

namespace numpro {

namespace {

// What is remembered of a sample: the image alone, for pictures are large, and who remembers a
// sample delivers it nowhere.
SampledFramePtr remembered (const SampledFrame &frame)
{
  auto memory = std::make_shared<SampledFrame> ();
  memory->sample.reset (gst_numpro_sample_copy (frame.sample.get ()));
  memory->pace = frame.pace;
  memory->shown_before = frame.shown_before;
  memory->clocks = frame.clocks;
  memory->look = frame.look;
  memory->jpeg.reset (g_bytes_ref (frame.jpeg.get ()));
  return memory;
}

// Whether any of what a sample stands for lies between two instants of stream time.
bool is_seen_between (const SampledFrame &frame, const SampledFrame *next,
                      const StreamEnd &stream_end, GstClockTime from, GstClockTime to)
{
  const GstClockTime time = frame.sample->stream_time;
  const GstClockTime length =
      next ? visible_time (frame, *next) : shown_time (frame, stream_end.shown);
  if (frame.pace.rate < 0)
    return time > from && time - std::min (time, length) < to;
  // A length that is not known is longer than any.
  return time < to && (time >= from || length > from - time);
}

}  // namespace

void History::add (const SampledFrame &frame)
{
  const GstClockTime now = frame.sample->running_time;
  if (!is_kept () || !GST_CLOCK_TIME_IS_VALID (now) ||
      !GST_CLOCK_TIME_IS_VALID (frame.sample->stream_time))
    return;
  std::lock_guard lock (mutex_);
  const auto time_of_last = [this] { return frames_.back ()->sample->running_time; };
  // A frame from later than now was none of this stretch of time.
  while (!frames_.empty () && time_of_last () > now)
    frames_.pop_back ();
  // Where one frame alone makes all others too old they go with the next: it may have strayed.
  const GstClockTime last = frames_.empty () ? now : time_of_last ();
  const GstClockTime newest = now - last > length_ ? last : now;
  frames_.push_back (remembered (frame));
  while (newest - frames_.front ()->sample->running_time > length_)
    frames_.pop_front ();
}

void History::set_stream_end (const StreamEnd &end)
{
  std::lock_guard lock (mutex_);
  stream_end_ = end;
}

StreamEnd History::stream_end () const
{
  std::lock_guard lock (mutex_);
  return stream_end_;
}

void History::clear ()
{
  std::lock_guard lock (mutex_);
  frames_.clear ();
  stream_end_ = {};
}

std::vector<SampledFramePtr> History::find_all (GstClockTime from, GstClockTime to) const
{
  std::vector<SampledFramePtr> found;
  if (from >= to)
    return found;
  std::lock_guard lock (mutex_);
  for (std::size_t i = 0; i < frames_.size (); ++i) {
    const SampledFrame *next = i + 1 < frames_.size () ? frames_[i + 1].get () : nullptr;
    if (is_seen_between (*frames_[i], next, stream_end_, from, to))
      found.push_back (frames_[i]);
  }
  return found;
}

std::vector<SampledFramePtr> History::find (GstClockTime from, GstClockTime to) const
{
  Window window (WindowOptions{.size = 0, .max_gap = max_gap_});
  for (SampledFramePtr &frame : find_all (from, to))
    window.add (std::move (frame));
  std::vector<Group> groups = window.finish ();
  return groups.empty () ? std::vector<SampledFramePtr> () : std::move (groups.back ());
}

}  // namespace numpro
