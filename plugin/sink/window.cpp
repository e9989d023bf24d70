/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window.h"

#include <algorithm>

namespace numpro {

// Numbers that start again, or a look that changes, would make a batch's answer ambiguous.
bool Window::follows (const Exposure &exposure) const
{
  const Exposure &last = *exposures_.back ();
  const auto same_number = [&] (const ExposurePtr &other) {
    return other->sample->number == exposure.sample->number;
  };
  return exposure.sample->slot > last.sample->slot && exposure.look == last.look &&
         *exposure.stream == *last.stream &&
         std::none_of (exposures_.begin (), exposures_.end (), same_number);
}

bool Window::is_in_time (const Exposure &exposure) const
{
  const GstClockTime time = exposure.sample->running_time;
  const GstClockTime first = exposures_.front ()->sample->running_time;
  return rule_.time == 0 || !GST_CLOCK_TIME_IS_VALID (time) || !GST_CLOCK_TIME_IS_VALID (first) ||
         time < first || time - first < rule_.time;
}

bool Window::belongs (const Exposure &exposure) const
{
  return exposures_.empty () || (follows (exposure) && is_in_time (exposure));
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
