/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "history.h"

#include "window.h"

namespace numpro {

void History::add (const SampledFrame &frame)
{
  const GstClockTime now = frame.sample->running_time;
  if (!is_kept () || !GST_CLOCK_TIME_IS_VALID (now) ||
      !GST_CLOCK_TIME_IS_VALID (frame.sample->stream_time))
    return;
  // The image alone: pictures are large, and who remembers a sample delivers it nowhere.
  auto remembered = std::make_shared<SampledFrame> ();
  remembered->sample.reset (gst_numpro_sample_copy (frame.sample.get ()));
  remembered->look = frame.look;
  remembered->jpeg.reset (g_bytes_ref (frame.jpeg.get ()));
  std::lock_guard lock (mutex_);
  if (!frames_.empty () && frames_.back ()->sample->running_time > now)
    frames_.clear ();
  frames_.push_back (std::move (remembered));
  while (now - frames_.front ()->sample->running_time > length_)
    frames_.pop_front ();
}

void History::clear ()
{
  std::lock_guard lock (mutex_);
  frames_.clear ();
}

std::vector<SampledFramePtr> History::find_all (GstClockTime from, GstClockTime to) const
{
  std::vector<SampledFramePtr> found;
  if (from >= to)
    return found;
  std::lock_guard lock (mutex_);
  for (const SampledFramePtr &frame : frames_) {
    const GstClockTime time = frame->sample->stream_time;
    // What was there at the first instant is the last sample up to it.
    if (time <= from)
      found.clear ();
    if (time < to)
      found.push_back (frame);
  }
  return found;
}

std::vector<SampledFramePtr> History::find (GstClockTime from, GstClockTime to) const
{
  Window window (WindowOptions{.size = 0});
  for (SampledFramePtr &frame : find_all (from, to))
    window.add (std::move (frame));
  std::vector<Group> groups = window.finish ();
  return groups.empty () ? std::vector<SampledFramePtr> () : std::move (groups.back ());
}

}  // namespace numpro
