/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window.h"

#include <algorithm>

#include "rowtimes.h"

namespace numpro {

namespace {

// Frames may come out of order by a little. Zero where a time is unknown.
GstClockTime time_between (const GstNumproSample &a, const GstNumproSample &b)
{
  if (!GST_CLOCK_TIME_IS_VALID (a.running_time) || !GST_CLOCK_TIME_IS_VALID (b.running_time))
    return 0;
  return std::max (a.running_time, b.running_time) - std::min (a.running_time, b.running_time);
}

bool is_apart (const SampledFrame &last, const SampledFrame &next, GstClockTime max_gap)
{
  const GstClockTime usual = GST_CLOCK_TIME_IS_VALID (last.pace.period)
                                 ? kMaxGapPeriods * last.pace.period
                                 : GST_CLOCK_TIME_NONE;
  if (fallback_between (last, next) > usual)
    return true;
  return max_gap > 0 &&
         gap_between (last, next) > (GST_CLOCK_TIME_IS_VALID (max_gap) ? max_gap : usual);
}

}  // namespace

// Numbers that start again, or a look that changes, would make a batch's answer ambiguous.
bool Window::belongs (const SampledFrame &frame) const
{
  if (frames_.empty ())
    return true;
  const GstNumproSample &sample = *frame.sample;
  const SampledFrame &last = *frames_.back ();
  const auto clashes = [&] (const SampledFramePtr &other) {
    return other->sample->number == sample.number ||
           (options_.time > 0 && time_between (*other->sample, sample) >= options_.time);
  };
  return sample.slot > last.sample->slot && !is_apart (last, frame, options_.max_gap) &&
         gst_numpro_look_equal (&frame.look, &last.look) &&
         g_strcmp0 (sample.source, last.sample->source) == 0 &&
         std::none_of (frames_.begin (), frames_.end (), clashes);
}

std::vector<Group> Window::add (SampledFramePtr frame)
{
  std::vector<Group> groups;
  if (!belongs (*frame)) {
    if (fresh_ > 0)
      groups.push_back (form ());
    // What is kept for an overlap may not go with the new sample either.
    while (!belongs (*frame))
      frames_.pop_front ();
  }
  frames_.push_back (std::move (frame));
  ++fresh_;
  if (options_.size > 0 && frames_.size () >= options_.size)
    groups.push_back (form ());
  return groups;
}

std::vector<Group> Window::finish ()
{
  std::vector<Group> groups;
  if (fresh_ > 0)
    groups.push_back (form ());
  frames_.clear ();
  return groups;
}

GstClockTime Window::due (GstClockTime latency) const
{
  // So that no sum of them overflows; a clock comes to none of these.
  constexpr GstClockTime kTooLong = G_MAXUINT64 / 4;
  if (fresh_ == 0 || options_.time == 0)
    return GST_CLOCK_TIME_NONE;
  const GstClockTime first = frames_.front ()->sample->running_time;
  for (const SampledFramePtr &frame : frames_)
    latency = std::max (latency, frame->lateness);
  return std::max ({first, options_.time, latency}) > kTooLong ? GST_CLOCK_TIME_NONE
                                                               : first + options_.time + latency;
}

std::vector<Group> Window::close ()
{
  std::vector<Group> groups;
  if (fresh_ > 0)
    groups.push_back (form ());
  return groups;
}

Group Window::clear ()
{
  Group fresh (frames_.end () - fresh_, frames_.end ());
  frames_.clear ();
  fresh_ = 0;
  return fresh;
}

Group Window::form ()
{
  const Group group (frames_.begin (), frames_.end ());
  fresh_ = 0;
  while (frames_.size () > options_.overlap)
    frames_.pop_front ();
  return group;
}

}  // namespace numpro
