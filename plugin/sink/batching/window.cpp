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

// The longest time that samples may be apart where nothing else is said.
GstClockTime usual_gap (const SampledFrame &frame)
{
  return GST_CLOCK_TIME_IS_VALID (frame.pace.period) ? kMaxGapPeriods * frame.pace.period
                                                     : GST_CLOCK_TIME_NONE;
}

bool is_behind_hole (const SampledFrame &last, const SampledFrame &next, GstClockTime max_gap)
{
  return max_gap > 0 && gap_between (last, next) >
                            (GST_CLOCK_TIME_IS_VALID (max_gap) ? max_gap : usual_gap (last));
}

bool falls_back (const SampledFrame &last, const SampledFrame &next)
{
  return fallback_between (last, next) > std::min (usual_gap (last), kMaxFallback);
}

}  // namespace

const char *text_of (Parting parting)
{
  switch (parting) {
    case Parting::kNone:
      return "it goes on";
    case Parting::kNumber:
      return "numbers start again";
    case Parting::kTime:
      return "batch-time is over";
    case Parting::kHole:
      return "there is a hole";
    case Parting::kFallback:
      return "times fall back";
    case Parting::kLook:
      return "numbers look different";
    case Parting::kSource:
      return "the stream is another one";
  }
  return "";
}

// Numbers that start again, or a look that changes, would make a batch's answer ambiguous.
Parting Window::parting_before (const SampledFrame &frame) const
{
  if (frames_.empty ())
    return Parting::kNone;
  const GstNumproSample &sample = *frame.sample;
  const SampledFrame &last = *frames_.back ();
  const auto has_number = [&] (const SampledFramePtr &other) {
    return other->sample->number == sample.number;
  };
  const auto is_too_far = [&] (const SampledFramePtr &other) {
    return options_.time > 0 && time_between (*other->sample, sample) >= options_.time;
  };
  if (g_strcmp0 (sample.source, last.sample->source) != 0)
    return Parting::kSource;
  if (falls_back (last, frame))
    return Parting::kFallback;
  if (sample.slot <= last.sample->slot || std::ranges::any_of (frames_, has_number))
    return Parting::kNumber;
  if (is_behind_hole (last, frame, options_.max_gap))
    return Parting::kHole;
  if (!gst_numpro_look_equal (&frame.look, &last.look))
    return Parting::kLook;
  return std::ranges::any_of (frames_, is_too_far) ? Parting::kTime : Parting::kNone;
}

std::vector<Group> Window::add (SampledFramePtr frame)
{
  std::vector<Group> groups;
  parting_ = parting_before (*frame);
  if (parting_ != Parting::kNone) {
    if (fresh_ > 0)
      groups.push_back (form ());
    // What is kept for an overlap may not go with the new sample either.
    while (parting_before (*frame) != Parting::kNone)
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
