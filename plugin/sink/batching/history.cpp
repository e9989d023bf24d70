/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "history.h"

#include "window.h"

namespace numpro {

void History::add (ExposurePtr exposure)
{
  const GstClockTime now = exposure->sample->running_time;
  if (!is_kept () || !GST_CLOCK_TIME_IS_VALID (now) ||
      !GST_CLOCK_TIME_IS_VALID (exposure->sample->stream_time))
    return;
  std::lock_guard lock (mutex_);
  if (!exposures_.empty () && exposures_.back ()->sample->running_time > now)
    exposures_.clear ();
  exposures_.push_back (std::move (exposure));
  while (now - exposures_.front ()->sample->running_time > length_)
    exposures_.pop_front ();
}

void History::clear ()
{
  std::lock_guard lock (mutex_);
  exposures_.clear ();
}

std::vector<ExposurePtr> History::find_all (GstClockTime from, GstClockTime to) const
{
  std::vector<ExposurePtr> found;
  if (from >= to)
    return found;
  std::lock_guard lock (mutex_);
  for (const ExposurePtr &exposure : exposures_) {
    const GstClockTime time = exposure->sample->stream_time;
    // What was there at the first instant is the last sample up to it.
    if (time <= from)
      found.clear ();
    if (time < to)
      found.push_back (exposure);
  }
  return found;
}

std::vector<ExposurePtr> History::find (GstClockTime from, GstClockTime to) const
{
  Window window (WindowRule{.size = 0});
  for (ExposurePtr &exposure : find_all (from, to))
    window.add (std::move (exposure));
  std::vector<Group> groups = window.finish ();
  return groups.empty () ? std::vector<ExposurePtr> () : std::move (groups.back ());
}

}  // namespace numpro
