/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window.h"

#include <algorithm>

namespace numpro {

namespace {

// Frames may come out of order by a little. Zero where a time is unknown.
GstClockTime time_between (const GstNumproSample &a, const GstNumproSample &b)
{
  if (!GST_CLOCK_TIME_IS_VALID (a.running_time) || !GST_CLOCK_TIME_IS_VALID (b.running_time))
    return 0;
  return std::max (a.running_time, b.running_time) - std::min (a.running_time, b.running_time);
}

}  // namespace

// Numbers that start again, or a look that changes, would make a batch's answer ambiguous.
bool Window::belongs (const Exposure &exposure) const
{
  if (exposures_.empty ())
    return true;
  const GstNumproSample &sample = *exposure.sample;
  const Exposure &last = *exposures_.back ();
  const auto clashes = [&] (const ExposurePtr &other) {
    return other->sample->number == sample.number ||
           (rule_.time > 0 && time_between (*other->sample, sample) >= rule_.time);
  };
  return sample.slot > last.sample->slot && gst_numpro_look_equal (&exposure.look, &last.look) &&
         g_strcmp0 (sample.source, last.sample->source) == 0 &&
         std::none_of (exposures_.begin (), exposures_.end (), clashes);
}

std::vector<Group> Window::add (ExposurePtr exposure)
{
  std::vector<Group> groups;
  if (!belongs (*exposure)) {
    if (fresh_ > 0)
      groups.push_back (form ());
    // What is kept for an overlap may not go with the new sample either.
    while (!belongs (*exposure))
      exposures_.pop_front ();
  }
  exposures_.push_back (std::move (exposure));
  ++fresh_;
  if (rule_.size > 0 && exposures_.size () >= rule_.size)
    groups.push_back (form ());
  return groups;
}

std::vector<Group> Window::finish ()
{
  std::vector<Group> groups;
  if (fresh_ > 0)
    groups.push_back (form ());
  exposures_.clear ();
  return groups;
}

std::vector<guint64> Window::clear ()
{
  std::vector<guint64> lost;
  for (std::size_t i = exposures_.size () - fresh_; i < exposures_.size (); ++i)
    lost.push_back (exposures_[i]->sample->number);
  exposures_.clear ();
  fresh_ = 0;
  return lost;
}

Group Window::form ()
{
  const Group group (exposures_.begin (), exposures_.end ());
  fresh_ = 0;
  while (exposures_.size () > rule_.overlap)
    exposures_.pop_front ();
  return group;
}

}  // namespace numpro
